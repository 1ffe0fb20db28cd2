import { BlockList, isIP } from 'node:net'

/** Networks that are nobody's public site [IANA special-purpose address registries, IPv4 and IPv6]. */
const CLOSED: readonly [network: string, bits: number, family: 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // Tunnels carry an IPv4 address that nobody would have looked at.
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
]
const closed = new BlockList()
for (const [network, bits, family] of CLOSED) closed.addSubnet(network, bits, family)
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Where an address leads: to a public site, to this machine, or into a network that is none of a source's. */
export function addressKind(address: string): 'public' | 'loopback' | 'closed' {
  const family = isIP(address)
  if (family === 0) return 'closed'
  const name = family === 4 ? 'ipv4' : 'ipv6'
  if (loopback.check(address, name)) return 'loopback'
  if (closed.check(address, name)) return 'closed'
  return family === 6 && !global6.check(address, 'ipv6') ? 'closed' : 'public'
}
