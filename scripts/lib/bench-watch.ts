// Times the watch of `npm run step`: from a save to the verdict on the screen.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import type { Copy } from './bench-copy.ts'
import { root, type Step } from './catalogue.ts'

/** What stands below every verdict. */
const VERDICT = 'saving a file runs it again'
/** How long, in ms, a learner reads before the next save, at the very least. */
const PAUSE = 1000

/** Saves the solution and the starter in turn, `runs` times each, and gives the ms each took. */
export async function benchSaves(
  copy: Copy,
  step: Step,
  runs: number,
): Promise<{ failing: number[]; passing: number[] }> {
  copy.fill(step, 'starter')
  const watch = startWatch(copy, step)
  const times: Record<'starter' | 'solution', number[]> = { starter: [], solution: [] }
  await verdictFrom(watch)
  for (let count = 0; count < runs; count += 1) {
    for (const as of ['solution', 'starter'] as const) {
      await pause()
      const verdict = verdictFrom(watch)
      const began = performance.now()
      copy.fill(step, as)
      await verdict
      times[as].push(performance.now() - began)
    }
  }
  watch.stdin?.write('q')
  await once(watch, 'exit')
  copy.fill(step, 'solution')
  return { failing: times.starter, passing: times.solution }
}

function startWatch(copy: Copy, step: Step): ChildProcess {
  const terminal = pathToFileURL(join(root, 'scripts', 'lib', 'pretend-terminal.mjs')).href
  const words = ['--import', terminal, 'scripts/start.mjs', 'step', String(step.number)]
  const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit']
  return spawn(process.execPath, words, { cwd: copy.folder, stdio })
}

/** Settles when the next whole verdict has been written. */
async function verdictFrom(watch: ChildProcess): Promise<void> {
  let screen = ''
  while (!screen.includes(VERDICT)) {
    const [chunk] = await Promise.race([once(watch.stdout ?? watch, 'data'), once(watch, 'exit')])
    if (typeof chunk === 'number' || chunk === null) throw new Error(`The watch ended by itself:\n${screen}`)
    screen += String(chunk)
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE))
}
