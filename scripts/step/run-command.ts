// Gives the terminal to another of the workshop's commands, until it ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../lib/catalogue.ts'

/** Ctrl-C reaches us as well as the command: it is the command's to answer. */
const leaveToCommand = () => {}

/** `words` as after `npm run`: `['hint', '3']`. */
export async function runCommand(words: string[]): Promise<void> {
  process.on('SIGINT', leaveToCommand)
  const start = join(root, 'scripts', 'start.mjs')
  await once(spawn(process.execPath, [start, ...words], { cwd: root, stdio: 'inherit' }), 'close')
  process.off('SIGINT', leaveToCommand)
}
