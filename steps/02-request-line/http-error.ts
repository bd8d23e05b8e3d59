// The one error that means "the client broke HTTP": whoever catches it answers with its status.

/** Reason phrases of the statuses that a server gives of its own accord (RFC 9110, section 15). */
const REASONS: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  421: 'Misdirected Request',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  505: 'HTTP Version Not Supported',
}

export class HttpError extends Error {
  override name = 'HttpError'
  readonly status: number

  /** `detail` is a sentence for the client: say what was wrong, never what is inside the server. */
  constructor(status: number, detail: string) {
    super(detail)
    this.status = status
  }
}

export function reasonOf(status: number): string {
  return REASONS[status] ?? 'Unknown'
}
