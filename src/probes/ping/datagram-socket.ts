import { Buffer } from 'node:buffer'
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { addressIn, addressText, familyNumber, pingAddress } from './addresses.ts'
import { decodeAnswer, decodeQuoted, type Family, withoutIpHeader } from './echo-packet.ts'
import type { IcmpListener, IcmpSocket } from './icmp-socket.ts'
import { icmpWords } from './icmp-words.ts'
import type { Libc, Received } from './libc.ts'
import {
  enlarge,
  IP_RECVERR,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_RECVERR,
  icmpProtocol,
  int,
  SOCK_CLOEXEC,
  SOCK_DGRAM,
} from './socket-options.ts'

const MSG_ERRQUEUE = 0x2000
/** A send may report errors that belong to earlier ones; this many are set aside before one is believed. */
const SEND_TRIES = 4

/**
 * A socket for echo requests alone, on which Node can wait. The kernel lets it where `net.ipv4.ping_group_range`
 * names a group of the user; a code such as `EACCES` where not.
 */
export function openDatagramSocket(libc: Libc, family: Family, listener: IcmpListener): IcmpSocket | string {
  const fd = libc.socket(familyNumber(family), SOCK_DGRAM | SOCK_CLOEXEC, icmpProtocol(family))
  if (typeof fd === 'string') return fd
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6')
  try {
    socket.bind({ fd })
  } catch {
    socket.close()
    libc.close(fd)
    return 'EINVAL'
  }
  socket.unref()
  const isLinux = process.platform === 'linux'
  if (isLinux) {
    enlarge(libc, fd)
    if (family === 4) libc.setOption(fd, IPPROTO_IP, IP_RECVERR, int(1))
    else libc.setOption(fd, IPPROTO_IPV6, IPV6_RECVERR, int(1))
  }
  return new DatagramSocket({ libc, fd, family, listener, socket, hasErrorQueue: isLinux })
}

interface Parts {
  libc: Libc
  fd: number
  family: Family
  listener: IcmpListener
  socket: Socket
  hasErrorQueue: boolean
}

class DatagramSocket implements IcmpSocket {
  readonly identifier = null
  readonly #parts: Parts
  #isClosed = false

  constructor(parts: Parts) {
    this.#parts = parts
    parts.socket.on('message', (message, from) => this.#take(message, from))
    parts.socket.on('error', () => this.#readErrors())
  }

  send(packet: Buffer, sockaddr: Buffer): string | null {
    const { libc, fd } = this.#parts
    let code: string | null = 'EBADF'
    for (let i = 0; i < SEND_TRIES && !this.#isClosed; i++) {
      code = libc.send(fd, packet, sockaddr)
      if (code === null || !this.#readErrors()) return code
    }
    return code
  }

  /** A full error queue would wake Node again and again: what may have been left there is taken out at the end. */
  listen(isAwaited: boolean): void {
    if (!isAwaited) this.#readErrors()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#parts.socket.close()
  }

  #take(message: Buffer, from: RemoteInfo): void {
    const { family, listener } = this.#parts
    const answer = decodeAnswer(family, withoutIpHeader(message))
    if (answer?.kind === 'reply') listener.onReply(pingAddress(from.address).bytes, answer, 0)
  }

  /** Empties the error queue of the socket. True when there was something in it. */
  #readErrors(): boolean {
    const { libc, fd, hasErrorQueue } = this.#parts
    if (!hasErrorQueue) return false
    let hasRead = false
    while (!this.#isClosed) {
      const received = libc.receive(fd, MSG_ERRQUEUE)
      if (typeof received === 'string') break
      hasRead = true
      this.#takeError(received)
    }
    return hasRead
  }

  #takeError({ bytes, from, control }: Received): void {
    const { family, listener } = this.#parts
    const quoted = decodeQuoted(family, bytes)
    const cause = control.map(({ data }) => readExtendedError(data, family)).find((error) => error !== null)
    if (quoted === null || cause === undefined || cause === null) return
    const { type, code, offender } = cause
    const says = `${icmpWords(family, type, code)}, says ${offender}`
    listener.onError({ kind: 'error', type, code, target: addressIn(from, family), ...quoted }, says)
  }
}

/** `struct sock_extended_err` of Linux, with the address of who sent the error behind it. Null for a local error. */
function readExtendedError(data: Buffer, family: Family): { type: number; code: number; offender: string } | null {
  if (data.length < 16) return null
  const origin = data.readUInt8(4)
  if (origin !== 2 && origin !== 3) return null
  const offender = addressText(Buffer.from(addressIn(data.subarray(16), family)))
  return { type: data.readUInt8(5), code: data.readUInt8(6), offender }
}
