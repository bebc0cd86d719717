import type { EchoAnswer, Family } from './echo-packet.ts'

/** What a socket hears. */
export interface IcmpListener {
  /** `from` is 4 or 16 bytes; `ageMs` is how long ago the kernel took the reply in, where that is known, else 0. */
  onReply(from: Buffer, reply: EchoAnswer & { kind: 'reply' }, ageMs: number): void
  /** An ICMP error about a request of this socket. `says` is the sender's reason in words. */
  onError(error: EchoAnswer & { kind: 'error' }, says: string): void
}

/** One socket of the process for echo requests of a family. It keeps no process alive. */
export interface IcmpSocket {
  /** Null where the kernel chooses the identifier and hears only what carries it. */
  identifier: number | null
  /** Null when it is sent, else a code such as `ENETUNREACH`. Never blocks. */
  send(packet: Buffer, sockaddr: Buffer): string | null
  /** Says whether answers are awaited. */
  listen(isAwaited: boolean): void
  close(): void
}

/** Why there is no socket. */
export interface NoSocket {
  /** `EPERM` or `EACCES` for a lack of rights, `EAFNOSUPPORT` for a family that the machine has not, else free. */
  code: string
  /** For people: `this user may open no ICMP socket (EPERM)`. */
  reason: string
}

/** Opens a socket for a family. */
export type OpenIcmp = (family: Family, listener: IcmpListener) => IcmpSocket | NoSocket
