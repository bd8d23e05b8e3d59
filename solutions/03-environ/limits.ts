// How much of everything a client may send before the head is over.

import { requestLineLimits, type RequestLineLimits } from '../02-request-line/limits.ts'

export interface HeadLimits extends RequestLineLimits {
  /** Bytes of one field line. */
  fieldLine: number
  /** Field lines of a request. Browsers send about 20. */
  fieldCount: number
  /** Bytes of all field lines together, with their ends. */
  fieldSection: number
}

export const headLimits: HeadLimits = {
  ...requestLineLimits,
  fieldLine: 8192,
  fieldCount: 100,
  fieldSection: 65_536,
}
