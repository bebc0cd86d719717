import { openDatagramSocket } from './datagram-socket.ts'
import type { Family } from './echo-packet.ts'
import type { IcmpListener, IcmpSocket, NoSocket } from './icmp-socket.ts'
import { openLibc } from './libc.ts'
import { openRawSocket } from './raw-socket.ts'

/**
 * Opens the socket that this machine allows: one for echo requests only, which needs no rights where
 * `net.ipv4.ping_group_range` names a group of the user, else a raw one, which needs CAP_NET_RAW.
 */
export function openIcmp(family: Family, listener: IcmpListener): IcmpSocket | NoSocket {
  const libc = openLibc()
  if (typeof libc === 'string') return { code: 'ENOSYS', reason: libc }
  const datagram = openDatagramSocket(libc, family, listener)
  if (typeof datagram !== 'string') return datagram
  // BSD systems allow the first kind to everyone and lay messages out in another way.
  const raw = process.platform === 'linux' ? openRawSocket(libc, family, listener) : datagram
  if (typeof raw !== 'string') return raw
  if (raw === 'EAFNOSUPPORT') return { code: raw, reason: `this machine has no IPv${family}` }
  return { code: raw, reason: `this user may open no ICMP socket (${raw})` }
}
