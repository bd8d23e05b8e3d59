// Single keys from a terminal, until the function that comes back, or the end of the process, gives it back as it was.

const restore = () => void process.stdin.setRawMode(false)

/** `onKey` gets one character at a time; what longer key sequences send (arrows, say) is left out. */
export function openKeyboard(onKey: (key: string) => void): () => void {
  const onData = (data: Buffer) => {
    const text = data.toString()
    if (!text.startsWith('\x1b')) for (const key of text) onKey(key)
  }
  process.stdin.setRawMode(true)
  process.stdin.resume()
  process.stdin.on('data', onData)
  process.on('exit', restore)
  return () => {
    process.off('exit', restore)
    process.stdin.off('data', onData)
    restore()
    process.stdin.pause()
  }
}
