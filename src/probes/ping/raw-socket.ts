import { randomInt } from 'node:crypto'
import { closeSync } from 'node:fs'
import { addressIn, addressText, familyNumber } from './addresses.ts'
import { ANSWER_TYPES, decodeAnswer, type Family, withoutIpHeader } from './echo-packet.ts'
import type { IcmpListener, IcmpSocket } from './icmp-socket.ts'
import { icmpWords } from './icmp-words.ts'
import { type Libc, type Received, timespecMs } from './libc.ts'
import {
  enlarge,
  icmpProtocol,
  isArrivalStamp,
  letThrough,
  SOCK_CLOEXEC,
  SOCK_RAW,
  stampArrivals,
} from './socket-options.ts'

/** Node can't wait for a raw socket, so it is looked at. The kernel's time stamps keep this out of the round trips. */
const LOOK_MS = 5

/** A socket that hears all ICMP messages of the machine. Needs CAP_NET_RAW; a code such as `EPERM` without. */
export function openRawSocket(libc: Libc, family: Family, listener: IcmpListener): IcmpSocket | string {
  const opened = libc.socket(familyNumber(family), SOCK_RAW | SOCK_CLOEXEC, icmpProtocol(family))
  if (typeof opened === 'string') return opened
  const fd = libc.own(opened)
  if (typeof fd === 'string') return fd
  enlarge(libc, fd)
  stampArrivals(libc, fd)
  letThrough(libc, fd, family, ANSWER_TYPES[family])
  return new RawSocket(libc, fd, family, listener)
}

class RawSocket implements IcmpSocket {
  readonly identifier = randomInt(0x1_0000)
  readonly #libc: Libc
  readonly #fd: number
  readonly #family: Family
  readonly #listener: IcmpListener
  #timer: NodeJS.Timeout | null = null
  #immediate: NodeJS.Immediate | null = null
  #isClosed = false

  constructor(libc: Libc, fd: number, family: Family, listener: IcmpListener) {
    this.#libc = libc
    this.#fd = fd
    this.#family = family
    this.#listener = listener
  }

  send(packet: Buffer, sockaddr: Buffer): string | null {
    if (this.#isClosed) return 'EBADF'
    // Near targets have answered by the next turn; reading them then keeps the kernel's queue short.
    this.#immediate ??= setImmediate(() => {
      this.#immediate = null
      this.#read()
    })
    return this.#libc.send(this.#fd, packet, sockaddr)
  }

  listen(isAwaited: boolean): void {
    if (isAwaited && this.#timer === null) this.#timer = setInterval(() => this.#read(), LOOK_MS).unref()
    if (isAwaited || this.#timer === null) return
    clearInterval(this.#timer)
    this.#timer = null
  }

  close(): void {
    this.listen(false)
    if (this.#immediate !== null) clearImmediate(this.#immediate)
    if (!this.#isClosed) closeSync(this.#fd)
    this.#isClosed = true
  }

  #read(): void {
    while (!this.#isClosed) {
      const received = this.#libc.receive(this.#fd, 0)
      // Nothing more; a pending error of the socket is cleared by having been read.
      if (typeof received === 'string') return
      this.#take(received)
    }
  }

  #take(received: Received): void {
    const { bytes, from } = received
    const answer = decodeAnswer(this.#family, this.#family === 4 ? withoutIpHeader(bytes) : bytes)
    if (answer?.identifier !== this.identifier) return
    const sender = addressIn(from, this.#family)
    if (answer.kind === 'reply') {
      this.#listener.onReply(sender, answer, this.#ageMs(received))
    } else {
      const words = icmpWords(this.#family, answer.type, answer.code)
      this.#listener.onError(answer, `${words}, says ${addressText(sender)}`)
    }
  }

  #ageMs({ control }: Received): number {
    const stamp = control.find(isArrivalStamp)
    return stamp === undefined || stamp.data.length < 16 ? 0 : Math.max(0, this.#libc.wallMs() - timespecMs(stamp.data))
  }
}
