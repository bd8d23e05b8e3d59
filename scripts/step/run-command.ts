// Gives the terminal to another of the workshop's commands, until it ends.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../lib/catalogue.ts'

/** `words` as after `npm run`: `['hint', '3']`. */
export function runCommand(words: string[]): Promise<void> {
  process.on('SIGINT', leaveToCommand)
  const start = join(root, 'scripts', 'start.mjs')
  const child = spawn(process.execPath, [start, ...words], { cwd: root, stdio: 'inherit' })
  return new Promise((resolve) => {
    child.on('close', () => {
      process.off('SIGINT', leaveToCommand)
      resolve()
    })
  })
}

/** Ctrl-C reaches us as well as the command: it is the command's to answer. */
function leaveToCommand(): void {}
