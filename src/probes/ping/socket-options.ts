import { Buffer } from 'node:buffer'
import type { Family } from './echo-packet.ts'
import type { Libc } from './libc.ts'

/** Numbers of the C library on Linux, on x86-64 and ARM alike. */
const SOL_SOCKET = 1
const SO_RCVBUF = 8
const SO_SNDBUF = 7
const SO_RCVBUFFORCE = 33
const SO_TIMESTAMPNS = 35
const SOL_RAW = 255
export const IPPROTO_IP = 0
export const IPPROTO_IPV6 = 41
const IPPROTO_ICMP = 1
const IPPROTO_ICMPV6 = 58
export const IP_RECVERR = 11
export const IPV6_RECVERR = 25
export const SOCK_DGRAM = 2
export const SOCK_RAW = 3
export const SOCK_CLOEXEC = process.platform === 'linux' ? 0o2000000 : 0

/** Replies to some hundred requests may arrive before the first is read; each takes most of a kilobyte. */
const BUFFER_BYTES = 1_048_576

export function icmpProtocol(family: Family): number {
  return family === 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6
}

/** Asks for room; what the system does not grant is done without. */
export function enlarge(libc: Libc, fd: number): void {
  const size = int(BUFFER_BYTES)
  if (libc.setOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, size) !== null) libc.setOption(fd, SOL_SOCKET, SO_RCVBUF, size)
  libc.setOption(fd, SOL_SOCKET, SO_SNDBUF, size)
}

/** Makes the kernel tell with each message when it came. */
export function stampArrivals(libc: Libc, fd: number): void {
  libc.setOption(fd, SOL_SOCKET, SO_TIMESTAMPNS, int(1))
}

export function isArrivalStamp({ level, type }: { level: number; type: number }): boolean {
  return level === SOL_SOCKET && type === SO_TIMESTAMPNS
}

/** Makes the kernel drop all messages but those of the given types (`ICMP_FILTER`; RFC 3542, section 3.2). */
export function letThrough(libc: Libc, fd: number, family: Family, types: readonly number[]): void {
  const blocked = Buffer.alloc(family === 4 ? 4 : 32, 0xff)
  for (const type of types) {
    const at = (type >> 5) * 4
    blocked.writeInt32LE(blocked.readInt32LE(at) & ~(1 << (type & 31)), at)
  }
  libc.setOption(fd, family === 4 ? SOL_RAW : IPPROTO_ICMPV6, 1, blocked)
}

/** An `int` of C. */
export function int(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
