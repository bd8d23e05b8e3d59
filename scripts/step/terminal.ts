// The terminal of the view that stays: its keys one by one, or all of it for another command.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../lib/catalogue.ts'

const CTRL_C = '\x03'
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

/**
 * Until it ends. `words` as after `npm run`: `['hint', '3']`. Ctrl-C is a key here, too, and tells the command alone to end,
 * the second time by force. As a signal it would reach all that runs in the terminal: esbuild among them, without which
 * nothing more could be loaded here.
 */
export async function runCommand(words: string[]): Promise<void> {
  const start = join(root, 'scripts', 'start.mjs')
  const command = spawn(process.execPath, [start, ...words], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  let signal: NodeJS.Signals = 'SIGINT'
  const close = openKeyboard((key) => {
    if (key !== CTRL_C) return
    command.kill(signal)
    signal = 'SIGKILL'
  })
  await once(command, 'close')
  close()
}
