// The address that `npm run serve` listens on, and the one that is typed to reach it.
import { BlockList, isIP, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'
import { Usage } from '../lib/words.ts'

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8)
LOOPBACK.addAddress('::1', 'ipv6')

/** These stand for all addresses of the machine: nobody can type them, but the loopback address reaches them. */
const ALL_ADDRESSES: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** The host in `text`; `line` is the command, to which `host=0.0.0.0` can be added. Throws a Usage. */
export function hostFrom(text: string, line: string): string {
  const host = text.replace(/^\[(.*)\]$/, '$1')
  if (host === 'localhost' || (isIP(host) && !host.includes('%'))) return host
  const examples = '127.0.0.1, ::1 or 0.0.0.0'
  throw new Usage(
    `host= is an address of this machine, such as ${examples}, not "${text}": ${line} host=0.0.0.0`,
  )
}

/** What to type on this machine, without a path. */
export function originOf(host: string, port: number): string {
  const typed = ALL_ADDRESSES[host] ?? host
  return `http://${isIPv6(typed) ? `[${typed}]` : typed}:${port}`
}

/** For a server that can be reached from outside: a sentence that says so. */
export function warningOf(host: string, port: number): string | undefined {
  if (host === 'localhost' || LOOPBACK.check(host, isIPv6(host) ? 'ipv6' : 'ipv4')) return undefined
  const outside = host in ALL_ADDRESSES ? outsideAddress() : undefined
  const where = outside === undefined ? '' : ` (${originOf(outside, port)}/)`
  return `Careful: anyone on the network can reach this server${where}. Without host= only this machine can.`
}

function outsideAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((ofOne) => ofOne ?? [])
  return addresses.find(({ internal, family }) => !internal && family === 'IPv4')?.address
}
