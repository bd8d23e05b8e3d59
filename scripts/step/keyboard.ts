// Single keys from a terminal. `close`, or the end of the process, gives the terminal back as it was.

export class Keyboard {
  readonly #onData: (data: Buffer) => void
  readonly #restore = () => void process.stdin.setRawMode(false)

  /** `onKey` gets one character at a time; what longer key sequences send (arrows, say) is left out. */
  constructor(onKey: (key: string) => void) {
    this.#onData = (data) => {
      const text = data.toString()
      if (!text.startsWith('\x1b')) for (const key of text) onKey(key)
    }
  }

  open(): void {
    process.stdin.setRawMode(true)
    process.stdin.resume()
    process.stdin.on('data', this.#onData)
    process.on('exit', this.#restore)
  }

  close(): void {
    process.off('exit', this.#restore)
    process.stdin.off('data', this.#onData)
    process.stdin.setRawMode(false)
    process.stdin.pause()
  }
}
