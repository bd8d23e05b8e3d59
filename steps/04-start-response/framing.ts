// How a client learns where a body ends. Here: when the connection does (RFC 9112, section 6.3). Step 7 knows
// more, such as that a response to HEAD has no body.

import type { Header, Status } from '#wsgi'

export interface Framing {
  /** The header fields that tell the client about it, beside those of the application. */
  headersFor(status: Status, headers: Header[]): Header[]
  /** A chunk of the body as it goes over the wire. */
  frame(chunk: Uint8Array): Uint8Array
  /** What goes over the wire after the last chunk. */
  end: string
}

/** No body belongs to these, whatever the head says (RFC 9110, sections 15.3.5 and 15.4.5). */
export function hasNoBody(status: Status): boolean {
  return status.startsWith('204') || status.startsWith('304')
}

export const untilClose: Framing = {
  headersFor: () => [['Connection', 'close']],
  frame: (chunk) => chunk,
  end: '',
}
