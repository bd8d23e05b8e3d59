// How long a client may take for everything, and how many there may be. No time may be over 2 ** 31 - 1 ms: Node's timers
// take that for 1.

import { bodyLimits, type BodyLimits } from '../06-request-body/limits.ts'

export interface ServerLimits extends BodyLimits {
  /** ms until a connection on which nothing comes is closed: before its first request, and between two. */
  idleTime: number
  /** ms from the first byte of a request to the end of its head. */
  headTime: number
  /** ms that a client may keep us waiting for its body, or with our answer, on top of what the bytes earn. */
  transferTime: number
  /** Bytes a second: at this rate each byte of a body or an answer earns the time that it takes. */
  transferRate: number
  /** Requests on one connection. nginx has 1000; a new connection costs us as much as 50 requests on an old one do. */
  requests: number
  /** Connections at a time. */
  connections: number
  /** Connections at a time from one address. */
  connectionsPerAddress: number
}

export const serverLimits: ServerLimits = {
  ...bodyLimits,
  idleTime: 5000,
  headTime: 10_000,
  transferTime: 20_000,
  transferRate: 1024,
  requests: 10_000,
  connections: 10_000,
  connectionsPerAddress: 10_000,
}
