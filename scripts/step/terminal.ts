// The terminal of the view that stays: its keys one by one, or all of it for another command.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../lib/catalogue.ts'

const restore = () => void process.stdin.setRawMode(false)

/**
 * `onKey` gets one character at a time, until the function that comes back, or the end of the process, gives the
 * terminal back as it was; what longer key sequences send (arrows, say) is left out.
 */
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

/** Ctrl-C reaches us as well as the command: it is the command's to answer. */
const leaveToCommand = () => {}

/** Until it ends. `words` as after `npm run`: `['hint', '3']`. */
export async function runCommand(words: string[]): Promise<void> {
  process.on('SIGINT', leaveToCommand)
  const start = join(root, 'scripts', 'start.mjs')
  await once(spawn(process.execPath, [start, ...words], { cwd: root, stdio: 'inherit' }), 'close')
  process.off('SIGINT', leaveToCommand)
}
