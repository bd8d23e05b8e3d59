// Runs suites in vitest's engine, with a reporter, a pool of processes and a watchdog of our own, and says what came
// of each test. `runSuites` runs once; `openSuites` keeps the engine for the next run, which then starts at once.
//
//   const result = await runSuites({ tree: 'exercises', steps: [step], level: 'core', bail: true })
import { join, sep } from 'node:path'
import { Writable } from 'node:stream'
import type { Reporter, Vitest } from 'vitest/node'
import { suitesConfig } from '../../../vitest.config.ts'
import { root, suiteFile, treePath, type Step } from '../catalogue.ts'
import { Collector } from './collector.ts'
import { Forks } from './forks.ts'
import type { Level, RunResult } from './results.ts'
import { ENDINGS, exitBy } from '../machine/programs.ts'
import { read } from '../read.ts'
import { Refusal } from '../words.ts'
import { atMost } from '../time.ts'
import { Watchdog } from './watchdog.ts'

export * from './results.ts'

export interface SuitesRequest {
  /** `exercises`, `solutions`, or the absolute path of a tree. */
  tree: string
  steps: Step[]
  level: 'core' | 'all'
  /** Stop at the first failure; the tests that it kept from running are `waiting`. */
  bail: boolean
  /** Suites at a time. Without it, one for each core. */
  lanes?: number
  /** Run the `lasting` tests alone, against this later floor. */
  floor?: number
}

export interface Suites {
  /**
   * Runs them all, or throws Stuck: then they can only be closed. `changed`: absolute paths of files that differ from the
   * run before; `only`: the one test to run.
   */
  run(changed?: string[], only?: string): Promise<RunResult>
  /** Ends the run that is under way: its result is then of no use. */
  abandon(): void
  /** Keeps a test process started, for the next run. */
  keepWarm(): void
  close(): Promise<void>
}

export async function runSuites(request: SuitesRequest): Promise<RunResult> {
  const suites = await openSuites(request)
  try {
    return await suites.run()
  } finally {
    await suites.close()
  }
}

export async function openSuites(request: SuitesRequest): Promise<Suites> {
  const forks = new Forks()
  const watchdog = new Watchdog(forks)
  const steps = new Map(request.steps.map((step) => [forwardSlashes(suiteFile(step.folder)), step]))
  const levels: Level[] = request.level === 'core' ? ['core'] : ['core', 'strict']
  const collector = new Collector(steps, levels)

  // Before vitest, whose own answer to a signal would come first.
  const stopClearing = clearUpAtExit(forks, watchdog)
  const vitest = await startEngine(request, forks, watchdog.folder, collector)
  const project = vitest.getRootProject()
  const specifications = [...steps.keys()].map((file) => project.createSpecification(file))

  return {
    async run(changed = [], only) {
      // Before anything is waited for: it may be abandoned from now on.
      forks.revive()
      const { escapeTestName } = await import('vitest/node')
      if (only !== undefined) vitest.setGlobalTestNamePattern(new RegExp(`${escapeTestName(only, false)}$`))
      collector.begin()
      for (const file of changed) vitest.invalidateFile(forwardSlashes(file))
      const stuck = watchdog.start()
      const run = vitest.runTestSpecifications(specifications, true)
      await Promise.race([run, stuck]).finally(() => watchdog.stop())
      return collector.finish(watchdog.stop())
    },
    abandon: () => forks.killAll(),
    keepWarm: () => forks.prepareSpare(),
    async close() {
      forks.killAll()
      await atMost(1000, vitest.close())
      watchdog.close()
      stopClearing()
    },
  }
}

async function startEngine(
  request: SuitesRequest,
  pool: Forks,
  pulses: string,
  reporter: Reporter,
): Promise<Vitest> {
  const { createVitest, version } = await import('vitest/node')
  // Forks reach into its insides, which the next release may have changed.
  const { devDependencies } = JSON.parse(read(join(root, 'package.json')) ?? '{}')
  if (version !== devDependencies.vitest)
    throw new Refusal(`This is vitest ${version}, and ${devDependencies.vitest} is needed: run npm ci.`)
  const { test = {}, ...viteConfig } = suitesConfig({ tree: treePath(request.tree), floor: request.floor })
  const options = {
    ...test,
    config: false as const,
    watch: false,
    pool,
    reporters: [reporter],
    bail: request.bail ? 1 : 0,
    ...(request.lanes !== undefined && { maxWorkers: request.lanes }),
    env: { ...test.env, WORKSHOP_PULSE: pulses },
    ...(request.level === 'core' && { testNamePattern: /^core / }),
  }
  const listeners = new Set(process.listeners('unhandledRejection'))
  // Vitest's own words are about vitest: all that a learner reads comes from us.
  const drop = new Writable({ write: (_chunk, _encoding, done) => done() })
  const silence = { stdout: drop, stderr: drop }
  const vitest = await createVitest('test', options, { ...viteConfig, logLevel: 'silent' }, silence)
  // Vitest would end this process without a word when a promise of ours is rejected. Node says what and where.
  for (const listener of process.listeners('unhandledRejection'))
    if (!listeners.has(listener)) process.off('unhandledRejection', listener)
  return vitest
}

/** However this process ends, save by SIGKILL (then see steps/kit/host/parent-guard.ts), no test process outlives it. */
function clearUpAtExit(forks: Forks, watchdog: Watchdog): () => void {
  const clearUp = () => {
    forks.killAll()
    watchdog.close()
  }
  process.on('exit', clearUp)
  for (const signal of ENDINGS) process.on(signal, exitBy)
  return () => {
    process.off('exit', clearUp)
    for (const signal of ENDINGS) process.off(signal, exitBy)
  }
}

/** Vite writes paths with forward slashes on every system. */
function forwardSlashes(path: string): string {
  return path.replaceAll(sep, '/')
}
