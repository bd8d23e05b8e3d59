// One process at a time: a lock that is a file with the ids of the processes that work under it. A lock whose
// processes are all gone is nobody's, and is taken over.

import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** How often, in ms, one that waits looks again. */
const INTERVAL = 250
/** Nothing takes as long as this many ms: a lock that old is nobody's, even if another process has its number now. */
const TOO_OLD = 15 * 60_000
/** A lock without a number in it, for this many ms, was never finished. */
const UNFINISHED = 2000

export interface Lock {
  /** Names a process that goes on with the work even if this one is killed. */
  add(pid: number): void
}

/** Runs `work` under the lock. `onWait` is called once, with the id of the process that has it, if there is one. */
export async function withLock<T>(
  file: string,
  onWait: (pid: number) => void,
  work: (lock: Lock) => Promise<T>,
): Promise<T> {
  let told = false
  for (let owner = tryLock(file); owner !== undefined; owner = tryLock(file)) {
    if (!told) onWait(owner)
    told = true
    await pause(INTERVAL)
  }
  try {
    return await work({ add: (pid) => writeFileSync(file, `${process.pid} ${pid}`) })
  } finally {
    rmSync(file, { force: true })
  }
}

/** Undefined: the lock is ours. Else the process that has it. */
function tryLock(file: string): number | undefined {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return undefined
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  const holder = holderOf(file)
  if (holder === 'nobody') takeAway(file)
  return holder === 'nobody' ? tryLock(file) : holder
}

function holderOf(file: string): number | 'nobody' {
  try {
    const pids = readFileSync(file, 'utf8').split(' ').map(Number).filter(Boolean)
    const age = Date.now() - statSync(file).mtimeMs
    const [first] = pids
    if (first === undefined) return age < UNFINISHED ? 0 : 'nobody'
    return age < TOO_OLD && pids.some(isAlive) ? first : 'nobody'
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 'nobody'
    throw error
  }
}

/** Of two processes that find the same stale lock, the slower may take the quicker one's new lock: it gives it back. */
function takeAway(file: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (holderOf(aside) === 'nobody') rmSync(aside, { force: true })
    else renameSync(aside, file)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
