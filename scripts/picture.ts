// npm run picture: records the watch of step 1 in a terminal of its own, and draws it as the moving picture that the README
// shows. For those who keep the workshop: it needs tmux.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, shown } from './lib/catalogue.ts'
import { draw } from './picture/drawing.ts'
import { record } from './picture/session.ts'
import { parseWords, Refusal } from './lib/words.ts'

const PICTURE = join(root, 'steps', '01-echo-socket', 'watch.svg')
const TITLE = 'npm run step 1: with each save one more test passes, until the step is done.'

export async function main(args: string[]): Promise<number> {
  parseWords(args, { command: 'picture' })
  const frames = await record()
  if (frames === undefined) throw new Refusal('This needs tmux, and there is none here.')
  writeFileSync(PICTURE, draw(frames, TITLE))
  console.log(`${shown(PICTURE)}: ${frames.length} screens.`)
  return 0
}
