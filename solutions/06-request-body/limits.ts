// How much of everything a client may send before its request is over, body and all.

import { headLimits, type HeadLimits } from '../03-environ/limits.ts'

export interface BodyLimits extends HeadLimits {
  /** Bytes of a body. waitress has the same; gunicorn has none. */
  body: number
  /** Bytes of the line before a chunk: its size, and extensions that nobody reads. */
  chunkLine: number
  /** Bytes that may go into the lines around chunks over and above the bytes in them: chunks may not all be tiny. */
  chunkOverhead: number
  /** Bytes of a body nobody has read that are read all the same, so that the connection may live on. */
  unread: number
}

export const bodyLimits: BodyLimits = {
  ...headLimits,
  body: 1_073_741_824,
  chunkLine: 256,
  chunkOverhead: 65_536,
  unread: 262_144,
}
