// What the terminal tells of the connections of step 1, whose server prints nothing: bytes are counted, from outside, and
// nothing is done to a socket that its server could notice.
import { channel } from 'node:diagnostics_channel'
import { Socket } from 'node:net'

/** How often, in ms, the connections are looked at. */
const LOOK_EVERY = 250
/** Lines that are printed at a time; how many more there were is only counted. */
const MOST_LINES = 8
/** Looks that are let go by, at the most: while each finds news, ever fewer are told. */
const LONGEST_PAUSE = 63

/** Begins to tell of all connections that servers of this process accept. */
export function tellConnections(print: (line: string) => void): void {
  const open = new Set<Connection>()
  let count = 0
  channel('net.server.socket').subscribe((message) => {
    if (!(message instanceof Object && 'socket' in message && message.socket instanceof Socket)) return
    open.add(new Connection(message.socket, ++count))
  })
  let pause = 0
  let left = 0
  const look = () => {
    const isQuiet = [...open].filter((one) => one.hasMoved()).length === 0
    if (!isQuiet && left-- > 0) return
    const lines = [...open].flatMap((one) => one.news())
    for (const line of lines.slice(0, MOST_LINES)) print(line)
    if (lines.length > MOST_LINES) print(`… and the same of ${lines.length - MOST_LINES} more`)
    for (const one of open) if (one.end !== undefined) open.delete(one)
    pause = isQuiet ? 0 : Math.min(pause * 2 + 1, LONGEST_PAUSE)
    left = pause
  }
  setInterval(look, LOOK_EVERY).unref()
}

class Connection {
  end: string | undefined
  readonly #socket: Socket
  readonly #number: number
  #seen = ''
  #told = ''

  constructor(socket: Socket, number: number) {
    this.#socket = socket
    this.#number = number
    socket.once('close', (isBroken: boolean) => (this.end = isBroken ? 'broke off' : 'ended'))
  }

  /** Whether anything has happened since this was last asked. */
  hasMoved(): boolean {
    const seen = this.#seen
    this.#seen = `${this.end} ${this.#bytes()}`
    return this.#seen !== seen
  }

  /** The line on what has happened since the last one, if anything has. */
  news(): string[] {
    if (this.#told === this.#seen) return []
    const events = [this.#told === '' ? 'opened' : undefined, this.end].filter(Boolean)
    this.#told = this.#seen
    return [`${['Connection', this.#number, events.join(' and ')].join(' ').trim()}: ${this.#bytes()}`]
  }

  #bytes(): string {
    return `${bytes(this.#socket.bytesRead)} in, ${bytes(this.#socket.bytesWritten)} out`
  }
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`
}
