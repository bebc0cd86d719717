import { Buffer } from 'node:buffer'
import ipaddr from 'ipaddr.js'
import type { Family } from './echo-packet.ts'

/** An address in the three spellings that are needed. */
export interface PingAddress {
  text: string
  family: Family
  /** 4 or 16 bytes. */
  bytes: Buffer
}

const AF_INET = 2
const AF_INET6 = process.platform === 'darwin' ? 30 : 10

/** The number of a family in a `sockaddr`. */
export function familyNumber(family: Family): number {
  return family === 4 ? AF_INET : AF_INET6
}

/** Reads a valid literal address; an IPv4 one that is written as IPv6 is taken as what it is. */
export function pingAddress(text: string): PingAddress {
  const address = ipaddr.process(text)
  return { text, family: address.kind() === 'ipv4' ? 4 : 6, bytes: Buffer.from(address.toByteArray()) }
}

/** A `sockaddr_in` or `sockaddr_in6` without port. BSD systems begin it with its length. */
export function toSockaddr({ family, bytes }: PingAddress): Buffer {
  const sockaddr = Buffer.alloc(family === 4 ? 16 : 28)
  if (process.platform === 'darwin') sockaddr.set([sockaddr.length, familyNumber(family)])
  else sockaddr.writeUInt16LE(familyNumber(family), 0)
  bytes.copy(sockaddr, family === 4 ? 4 : 8)
  return sockaddr
}

/** The bytes of the address in a `sockaddr` of that family; empty when it is cut short. */
export function addressIn(sockaddr: Buffer, family: Family): Buffer {
  return family === 4 ? sockaddr.subarray(4, 8) : sockaddr.subarray(8, 24)
}

/** For sentences: an address in its short form. */
export function addressText(bytes: Buffer): string {
  return bytes.length === 4 || bytes.length === 16 ? ipaddr.fromByteArray([...bytes]).toString() : 'an unknown address'
}
