// How much of everything a client may send before the request-line is over.

export interface RequestLineLimits {
  /** Bytes of the request-line. RFC 9112, section 3, asks for 8000 at least. */
  requestLine: number
  /** Bytes of the method. The longest that is registered, UPDATEREDIRECTREF, has 17. */
  method: number
  /** Empty lines before the request-line. RFC 9112, section 2.2, asks for one at least. */
  emptyLines: number
}

export const requestLineLimits: RequestLineLimits = {
  requestLine: 8192,
  method: 32,
  emptyLines: 4,
}
