// One `npm run serve`, from its first server to its last: a save restarts it, or from step 9 on reloads the
// application, and a signal ends it.
import { relative } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { findSteps, treeFiles } from '../lib/catalogue.ts'
import { portFault } from '../lib/machine/port.ts'
import { whenAbandoned } from '../lib/machine/programs.ts'
import { CUT_OFF, sayStopping, teller, WAITING } from './teller.ts'
import { serve, type News, type Plan, type Serving } from './served.ts'
import { FileWatch } from '../lib/machine/file-watch.ts'

/** One Ctrl-C may reach us twice, from the terminal and from npm. A second one comes later than this, in ms. */
const ONE_PRESS = 300
/** How long, in ms, we wait for a port that a server has just let go of. */
const LONGEST_HOLD = 3000
/** News after which there is no server any more, but may be one after the next save. */
const ENDS = ['start', 'crash', 'refused', 'ended']

/** Only loads the application. Gives the exit code. */
export function check(plan: Plan): Promise<number> {
  const tell = teller(plan)
  return new Promise((done) => {
    serve(plan, (news) => {
      tell(news)
      if (news.type === 'checked') done(0)
      else if (ENDS.includes(news.type)) done(1)
    })
  })
}

/** Serves until a signal comes, or when the application does not load to begin with. Gives the exit code. */
export function run(plan: Plan): Promise<number> {
  return new Promise((done) => new Run(plan, done).begin())
}

class Run {
  readonly #plan: Plan
  readonly #done: (code: number) => void
  readonly #tell: (news: News) => void
  #current: Serving
  #isServing = false
  #saves = 0
  /** Restarts wait for one another. */
  #busy: Promise<unknown> = Promise.resolve()
  /** When we were told to end. */
  #endsSince: number | undefined
  #isCutOff = false
  #leave = () => {}

  constructor(plan: Plan, done: (code: number) => void) {
    this.#plan = plan
    this.#done = done
    this.#tell = teller(plan)
    this.#current = serve(plan, this.#hear)
  }

  begin(): void {
    const stopWatching = watch(this.#plan, this.#restart, this.#reload)
    const guard = process.env['npm_lifecycle_event'] ? whenAbandoned(() => this.#stop()) : undefined
    this.#leave = () => {
      stopWatching()
      clearInterval(guard)
    }
    // This is how one stops a server, and no fault.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.#stop())
    // Windows has neither of these two: whoever has forked this process may say it.
    process.on('message', (message) => {
      if (isMessage(message, 'stop')) this.#stop()
      if (isMessage(message, 'reload')) this.#reload()
    })
  }

  readonly #hear = (news: News) => {
    this.#tell(news)
    const isEnd = ENDS.includes(news.type)
    if (news.type === 'serving') this.#isServing = true
    if (isEnd || news.type === 'stopped') this.#isServing = false
    // While we end, nobody's news is a reason to hurry.
    if (this.#endsSince !== undefined) return
    if (news.type === 'stopped') void this.#end(0)
    else if (news.type === 'refused' && this.#saves === 0) void this.#end(1)
    else if (isEnd) console.error(WAITING)
  }

  readonly #restart = () => {
    this.#busy = this.#busy.then(async () => {
      if (this.#endsSince !== undefined) return
      await this.#current.stop()
      if (this.#plan.processes?.workers !== undefined) await untilFree(this.#plan)
      this.#saves++
      console.log('\nSaved: restarting the server.')
      this.#current = serve(this.#plan, this.#hear)
    })
  }

  readonly #reload = () => {
    if (!this.#isServing) return this.#restart()
    console.log('\nReloading the application.')
    this.#current.reload()
  }

  #stop(): void {
    if (this.#endsSince !== undefined) return void this.#cutOff(this.#endsSince)
    sayStopping(this.#plan, this.#isServing)
    void this.#end(0)
  }

  async #end(code: number): Promise<void> {
    if (this.#endsSince !== undefined) return
    this.#endsSince = Date.now()
    this.#leave()
    await this.#busy
    await (this.#isServing ? this.#current.finish() : this.#current.stop())
    // The channel to whoever has forked us would keep us here.
    if (process.connected) process.disconnect()
    this.#done(code)
  }

  /** Told to end once more, by somebody who does not want to wait. */
  async #cutOff(since: number): Promise<void> {
    if (this.#isCutOff || Date.now() - since <= ONE_PRESS) return
    this.#isCutOff = true
    console.log(CUT_OFF)
    await this.#current.stop()
  }
}

/**
 * What is saved in the server's own tree restarts it whole: the process that looks after the workers is made of that
 * code, too. A save of the application reloads the application, where there are workers that can do so one by one.
 */
function watch({ tree, application, processes }: Plan, restart: () => void, reload: () => void): () => void {
  const folders = [application?.folder ?? tree].filter((folder) => relative(tree, folder).startsWith('..'))
  const ours = findSteps().flatMap((step) => treeFiles(tree, step))
  const canReload = processes?.workers !== undefined
  const watches = [new FileWatch(canReload ? [tree] : [tree, ...folders], ours, restart)]
  if (canReload) watches.push(new FileWatch(folders, [], reload))
  return () => watches.forEach((one) => one.end())
}

/** Workers hold the port, too, and notice only after a moment that the process which looked after them is gone. */
async function untilFree({ port, host }: Plan): Promise<void> {
  for (const deadline = Date.now() + LONGEST_HOLD; Date.now() < deadline;)
    if (!(await portFault(port, host))) return
    else await after(50)
}

function isMessage(message: unknown, type: string): boolean {
  return message instanceof Object && 'type' in message && message.type === type
}
