import { Buffer } from 'node:buffer'
import { closeSync, openSync } from 'node:fs'
import { getSystemErrorName } from 'node:util'

type Ffi = typeof import('node:ffi')

/** A message out of a socket, with what the kernel says of it. The bytes are the receiver's to keep. */
export interface Received {
  bytes: Buffer
  /** The `sockaddr` that the kernel names, empty when it names none. */
  from: Buffer
  control: { level: number; type: number; data: Buffer }[]
}

/** The few calls of the C library that ICMP sockets need and Node has not. A failure is a code such as `EPERM`. */
export interface Libc {
  socket(family: number, type: number, protocol: number): number | string
  /**
   * Puts a descriptor in Node's care: closed with `closeSync`, and at the latest with its thread, also one that is
   * terminated. The answer is its new number; the old one is closed in any case.
   */
  own(fd: number): number | string
  /** Null when it is set. */
  setOption(fd: number, level: number, option: number, value: Buffer): string | null
  /** Never blocks. Null when it is sent. */
  send(fd: number, packet: Buffer, to: Buffer): string | null
  /** Never blocks. A code when there is nothing (`EAGAIN`) or the socket has an error pending. */
  receive(fd: number, flags: number): Received | string
  /** Wall time in ms with fractions, by the clock of the kernel's time stamps. */
  wallMs(): number
  close(fd: number): void
}

const DONT_WAIT = process.platform === 'linux' ? 0x40 : 0x80
const CLOCK_REALTIME = 0
const O_CLOEXEC = 0o2000000
const MESSAGE_BYTES = 65_536
const NAME_BYTES = 28
const CONTROL_BYTES = 512

let opened: Libc | null = null

/**
 * The C library of this process, through `node:ffi`; a sentence when this Node has no such module or one of another
 * shape. The module is experimental: all of it that is used, is used here.
 */
export function openLibc(load: () => object | undefined = loadFfi): Libc | string {
  if (opened !== null && load === loadFfi) return opened
  try {
    const ffi = load()
    if (ffi === undefined) return 'this Node has no node:ffi'
    if (!isFfi(ffi)) return 'the node:ffi of this Node has another shape'
    const libc = bind(ffi)
    if (load === loadFfi) opened = libc
    return libc
  } catch (error) {
    return `the node:ffi of this Node does not work (${error instanceof Error ? error.message : String(error)})`
  }
}

/** Without Node's warning that the module is experimental: it says nothing that a user could act on. */
function loadFfi(): object | undefined {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return process.getBuiltinModule('node:ffi')
  } finally {
    process.emitWarning = emitWarning
  }
}

function isFfi(module: object): module is Ffi {
  const used = ['dlopen', 'getRawPointer', 'getInt32']
  return used.every((name) => name in module && typeof Reflect.get(module, name) === 'function')
}

function bind(ffi: Ffi): Libc {
  const { functions: c } = ffi.dlopen(null, {
    socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
    setsockopt: { arguments: ['int32', 'int32', 'int32', 'buffer', 'uint32'], return: 'int32' },
    sendto: { arguments: ['int32', 'buffer', 'uint64', 'int32', 'buffer', 'uint32'], return: 'int64' },
    recvmsg: { arguments: ['int32', 'buffer', 'int32'], return: 'int64' },
    clock_gettime: { arguments: ['int32', 'buffer'], return: 'int32' },
    close: { arguments: ['int32'], return: 'int32' },
  })
  const errno = errnoReader(ffi)
  const duplicate = duplicator(ffi)
  const inbox = makeInbox(ffi)
  const time = pinned(16)
  return {
    socket(family, type, protocol) {
      const fd = c.socket(family, type, protocol)
      return fd < 0 ? errno() : fd
    },
    own(fd) {
      try {
        // Node closes what it has opened itself, so a file lends its descriptor.
        const lent = openSync('/dev/null', 'r')
        if (duplicate(fd, lent) === lent) return lent
        const code = errno()
        closeSync(lent)
        return code
      } catch (error) {
        return error instanceof Error && 'code' in error ? `${error.code}` : 'EMFILE'
      } finally {
        c.close(fd)
      }
    },
    setOption: (fd, level, option, value) =>
      c.setsockopt(fd, level, option, value, value.length) < 0 ? errno() : null,
    send: (fd, packet, to) =>
      c.sendto(fd, packet, BigInt(packet.length), DONT_WAIT, to, to.length) < 0n ? errno() : null,
    receive(fd, flags) {
      inbox.reset()
      const length = c.recvmsg(fd, inbox.header, flags | DONT_WAIT)
      return length < 0n ? errno() : inbox.read(Number(length))
    },
    wallMs() {
      c.clock_gettime(CLOCK_REALTIME, time)
      return timespecMs(time)
    },
    close(fd) {
      c.close(fd)
    },
  }
}

/** Reads what the last failed call of this thread left behind. */
function errnoReader(ffi: Ffi): () => string {
  const place = { return: 'pointer' } as const
  const pointer =
    process.platform === 'linux'
      ? ffi.dlopen(null, { __errno_location: place }).functions.__errno_location()
      : ffi.dlopen(null, { __error: place }).functions.__error()
  return () => {
    const code = ffi.getInt32(pointer)
    return code > 0 ? getSystemErrorName(-code) : 'EIO'
  }
}

/** Makes one descriptor mean what another means; on Linux not handed to child processes. */
function duplicator(ffi: Ffi): (fd: number, onto: number) => number {
  if (process.platform !== 'linux') {
    return ffi.dlopen(null, { dup2: { arguments: ['int32', 'int32'], return: 'int32' } }).functions.dup2
  }
  const { dup3 } = ffi.dlopen(null, { dup3: { arguments: ['int32', 'int32', 'int32'], return: 'int32' } }).functions
  return (fd, onto) => dup3(fd, onto, O_CLOEXEC)
}

/** A `struct timespec` in ms. */
export function timespecMs(bytes: Buffer): number {
  return Number(bytes.readBigInt64LE(0)) * 1_000 + Number(bytes.readBigInt64LE(8)) / 1e6
}

/** One `struct msghdr` of 64-bit Linux with all that it points to, used for every message: it is read at once. */
function makeInbox(ffi: Ffi) {
  const message = pinned(MESSAGE_BYTES)
  const name = pinned(NAME_BYTES)
  const control = pinned(CONTROL_BYTES)
  const vector = pinned(16)
  const header = pinned(56)
  vector.writeBigUInt64LE(ffi.getRawPointer(message), 0)
  vector.writeBigUInt64LE(BigInt(message.length), 8)
  header.writeBigUInt64LE(ffi.getRawPointer(name), 0)
  header.writeBigUInt64LE(ffi.getRawPointer(vector), 16)
  header.writeBigUInt64LE(1n, 24)
  header.writeBigUInt64LE(ffi.getRawPointer(control), 32)
  // Both are named here and so live as long as the header points at them.
  const pointedAt = { message, vector }
  return {
    header,
    reset() {
      header.writeUInt32LE(NAME_BYTES, 8)
      header.writeBigUInt64LE(BigInt(CONTROL_BYTES), 40)
      header.writeInt32LE(0, 48)
    },
    read(length: number): Received {
      return {
        bytes: Buffer.from(pointedAt.message.subarray(0, length)),
        from: Buffer.from(name.subarray(0, Math.min(header.readUInt32LE(8), NAME_BYTES))),
        control: controlMessages(control.subarray(0, Number(header.readBigUInt64LE(40)))),
      }
    },
  }
}

/** Memory that stays where it is: a small typed array of its own may lie in the heap, where it is moved. */
function pinned(bytes: number): Buffer {
  return Buffer.from(new ArrayBuffer(bytes))
}

/** Takes the `struct cmsghdr` of 64-bit Linux apart. */
function controlMessages(bytes: Buffer): Received['control'] {
  const found: Received['control'] = []
  let offset = 0
  while (offset + 16 <= bytes.length) {
    const length = Number(bytes.readBigUInt64LE(offset))
    if (length < 16 || offset + length > bytes.length) break
    const data = Buffer.from(bytes.subarray(offset + 16, offset + length))
    found.push({ level: bytes.readInt32LE(offset + 8), type: bytes.readInt32LE(offset + 12), data })
    offset += (length + 7) & ~7
  }
  return found
}
