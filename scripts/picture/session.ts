// A session of a learner's, played in a copy of the workshop: what is typed, what is saved, and the screens that come of it.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { theStep } from '../lib/catalogue.ts'
import { runCaught, versionOf } from '../lib/machine/programs.ts'
import { makeCopy } from '../lib/trees/copy.ts'
import { referenceOf } from '../lib/trees/starters.ts'

export const COLUMNS = 80
export const ROWS = 30

export interface Frame {
  /** What the learner has just done. */
  act: string
  /** Lines of the screen, with the codes for colours. */
  screen: string[]
  /** s that it is to be looked at. */
  seconds: number
}

const FOLDER = '01-echo-socket'
const NAIVE = "socket.on('data', (chunk) => socket.write(chunk))"

/** What is saved, in turn: the text of a file made from the starter's; and what the screen then says. */
const SAVES = [
  {
    file: 'listener.ts',
    act: 'listener.ts: listen() is written',
    write: fromSolution,
    says: /✓ listens/,
    seconds: 4,
  },
  {
    file: 'echo.ts',
    act: `echo.ts: ${NAIVE}`,
    write: (text: string) => text.replace('todo(1, 2)', NAIVE),
    says: /✗/,
    seconds: 7,
  },
  {
    file: 'echo.ts',
    act: 'echo.ts: and when the client ends, we end',
    write: fromSolution,
    says: /is done/,
    seconds: 6,
  },
]

/** A shell that has been told to show nothing but its prompt. */
const SHELL = ['env', 'PS1=$ ', 'TERM=xterm-256color', 'bash', '--norc', '--noprofile']
const PATIENCE = 60_000

/** Undefined where there is no tmux. */
export async function record(): Promise<Frame[] | undefined> {
  if ((await versionOf('tmux', ['-V'])) === undefined) return undefined
  const copy = makeCopy()
  copy.fill(theStep(1), 'starter')
  const tmux = terminal(copy.folder)
  try {
    await tmux.open()
    await tmux.type('npm run -s step 1')
    const frames: Frame[] = [{ act: '', screen: await tmux.screen(), seconds: 2 }]
    await tmux.type('Enter')
    frames.push({ act: 'Nothing is written yet.', screen: await tmux.saying(/q quit/), seconds: 5 })
    for (const { file, act, write, says, seconds } of SAVES) {
      const path = join(copy.folder, 'exercises', FOLDER, file)
      writeFileSync(path, write(readFileSync(path, 'utf8'), file))
      frames.push({ act: `Saved ${act}`, screen: await tmux.saying(says), seconds })
    }
    return frames
  } finally {
    await tmux.close()
    copy.remove()
  }
}

function fromSolution(_starter: string, file: string): string {
  return referenceOf(`${FOLDER}/${file}`) ?? ''
}

function terminal(folder: string) {
  const tmux = async (...words: string[]) =>
    (await runCaught('tmux', ['-L', basename(folder), ...words])).printed
  const screen = async () => (await tmux('capture-pane', '-e', '-p')).trimEnd().split('\n')
  const size = ['-x', String(COLUMNS), '-y', String(ROWS)]
  return {
    screen,
    open: () => tmux('-f', '/dev/null', 'new-session', '-d', ...size, '-c', folder, ...SHELL),
    close: () => tmux('kill-server'),
    async type(keys: string): Promise<void> {
      await sleep(500)
      await tmux('send-keys', keys)
      await sleep(500)
    },
    /** The screen once it says this. */
    async saying(what: RegExp): Promise<string[]> {
      for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(300))
        if (what.test(await tmux('capture-pane', '-p'))) return screen()
      throw new Error(`${what} is not on the screen after ${PATIENCE / 1000} s.`)
    },
  }
}
