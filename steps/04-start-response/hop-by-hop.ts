// The headers that speak of one connection. Given whole.

/** In small letters. RFC 2616, section 13.5.1, which PEP 3333 rests on: they are the server's, not the application's. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'trailers',
  'transfer-encoding',
  'upgrade',
])
