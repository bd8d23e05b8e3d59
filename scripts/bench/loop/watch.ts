// Times the watch of `npm run step`: from a save to the verdict on the screen.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import type { Content, Copy } from '../../lib/trees/copy.ts'
import type { Step } from '../../lib/catalogue.ts'

/** What stands below every verdict. */
const KEYS = 'q quit'
/** How long, in ms, a learner reads before the next save, at the very least. */
const PAUSE = 1000
/** A verdict that takes longer than this, in ms, will not come. */
const PATIENCE = 60_000

/** Saves the solution and the starter in turn, `runs` times each, and gives the ms each took. */
export async function timeSaves(copy: Copy, step: Step, runs: number): Promise<Record<Content, number[]>> {
  copy.fill(step, 'starter')
  const watch = startWatch(copy, step)
  const times: Record<Content, number[]> = { starter: [], solution: [] }
  try {
    await watch.verdict('starter')
    for (let count = 0; count < runs; count += 1)
      for (const as of ['solution', 'starter'] as const) {
        await after(PAUSE)
        const began = performance.now()
        watch.forget()
        copy.fill(step, as)
        await watch.verdict(as)
        times[as].push(performance.now() - began)
      }
  } finally {
    await watch.quit()
  }
  copy.fill(step, 'solution')
  return times
}

/** `npm run step` in its interactive form; `verdict` settles once the one expected has been written since `forget`. */
function startWatch({ folder }: Copy, { number }: Step) {
  const terminal = new URL('pretend-terminal.mjs', import.meta.url).href
  const words = ['--import', terminal, 'scripts/start.mjs', 'step', String(number)]
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  let shown = ''
  child.stdout.on('data', (chunk) => (shown += String(chunk)))
  return {
    forget: () => (shown = ''),
    async verdict(as: Content): Promise<void> {
      const late = AbortSignal.timeout(PATIENCE)
      while (!isVerdict(shown, as)) {
        const output = once(child.stdout, 'data', { signal: late }).then(() => 'output')
        const outcome = await Promise.race([output, ended]).catch(() => 'nothing')
        if (outcome !== 'output') throw new Error(`The watch of step ${number} gave no verdict:\n${shown}`)
      }
    },
    async quit(): Promise<void> {
      child.stdin.write('q')
      await ended
    },
  }
}

/** Not the one before it, which may be written anew when the type check has come to its end. */
function isVerdict(shown: string, as: Content): boolean {
  const [, passed, total] = [...shown.matchAll(/core (\d+) of (\d+)/g)].at(-1) ?? []
  return shown.includes(KEYS) && passed !== undefined && (passed === total) === (as === 'solution')
}
