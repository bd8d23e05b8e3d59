// The terminal of the view that stays: its keys one by one, or all of it for another command.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../lib/catalogue.ts'
import { ENDINGS, exitBy } from '../lib/machine/programs.ts'
import { atMost } from '../lib/time.ts'

const CTRL_C = '\x03'
const restore = () => void process.stdin.setRawMode(false)
/** q, Ctrl-C and Ctrl-D. */
export const QUIT = ['q', CTRL_C, '\x04']
/** Round what is pasted, where the terminal marks it. */
const PASTE = { begins: '\x1b[200~', ends: '\x1b[201~' }
/** In ms: a server of step 9 may take 13 s to answer what it has been asked. */
const ENDS_WITHIN = 15_000

/** Whether codes would be shown as they are. Consoles of Windows set no TERM. */
export const isDumb = process.env['TERM'] === 'dumb' || (!process.env['TERM'] && process.platform !== 'win32')

/**
 * Takes what the terminal sends apart: `onKey` gets one character at a time. What is pasted is none, nor what longer
 * sequences send (arrows, say). Ctrl-C always is one, however often it comes at once.
 */
export function keyReader(onKey: (key: string) => void): (data: Buffer) => void {
  let isPasting = false
  return (data) => {
    const text = data.toString()
    const [begin, end] = [text.lastIndexOf(PASTE.begins), text.lastIndexOf(PASTE.ends)]
    const isPasted = isPasting || begin !== -1
    if (begin !== end) isPasting = begin > end
    if (text.replaceAll(CTRL_C, '') === '') for (const key of text) onKey(key)
    else if (!isPasted && [...text].length === 1) onKey(text)
  }
}

/** Until the function that comes back, or the end of the process, gives the terminal back as it was. */
export function openKeyboard(onKey: (key: string) => void): () => void {
  const onData = keyReader(onKey)
  process.stdin.setRawMode(true)
  process.stdin.resume()
  process.stdin.on('data', onData)
  process.on('exit', restore)
  for (const signal of ENDINGS) process.on(signal, exitBy)
  return () => {
    process.off('exit', restore)
    for (const signal of ENDINGS) process.off(signal, exitBy)
    process.stdin.off('data', onData)
    restore()
    process.stdin.pause()
  }
}

/**
 * Until it ends. `words` as after `npm run`: `['hint', '3']`. Ctrl-C is a key here, too, and tells the command alone to
 * end; the second time it ends both at once. As a signal it would reach all that runs in the terminal: esbuild among
 * them, without which nothing more could be loaded here.
 */
export async function runCommand(words: string[]): Promise<void> {
  const start = join(root, 'scripts', 'start.mjs')
  const command = spawn(process.execPath, [start, ...words], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const kill = () => void command.kill('SIGKILL')
  const ended = once(command, 'close')
  let isTold = false
  const close = openKeyboard((key) => {
    if (!QUIT.includes(key)) return
    if (isTold) process.exit(130)
    isTold = true
    command.kill('SIGINT')
    void atMost(ENDS_WITHIN, ended).then(kill, kill)
  })
  process.on('exit', kill)
  try {
    await ended
  } finally {
    process.off('exit', kill)
    close()
  }
}
