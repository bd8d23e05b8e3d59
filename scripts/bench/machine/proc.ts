// What Linux tells of running processes in /proc. Elsewhere nothing here is known, and the tables have a dash.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

export const isKnown = existsSync('/proc/self/stat') && existsSync('/proc/stat')

/** Ticks of /proc's clock in a second: on every Linux that Node runs on. */
const TICKS = 100

/** This process and all that descend from it. */
export function treeOf(root: number): number[] {
  if (!isKnown) return [root]
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: fieldsOf(name)[PARENT] }))
  const tree = [root]
  // Grows while it is walked.
  for (const pid of tree)
    for (const one of parents) if (one.parent === pid && one.pid !== pid) tree.push(one.pid)
  return tree
}

/** Seconds of a processor that each of these processes has had, and those of its children that have ended. */
export function cpuOfEach(pids: number[]): Map<number, number> | undefined {
  if (!isKnown) return undefined
  return new Map(pids.map((pid) => [pid, sum(fieldsOf(pid).slice(USER, USER + 4)) / TICKS]))
}

/** Seconds of a processor that the children of this process have had that have ended. */
export function cpuOfEnded(): number | undefined {
  return isKnown ? sum(fieldsOf('self').slice(USER + 2, USER + 4)) / TICKS : undefined
}

/** Seconds of a processor that all processes of this machine have had. */
export function cpuOfAll(): number | undefined {
  if (!isKnown) return undefined
  const [, user, nice, system] = (read('/proc/stat').split('\n')[0] ?? '').split(/\s+/)
  return sum([user, nice, system].map(Number)) / TICKS
}

/** Bytes of memory that these processes hold: what they share is counted for each. */
export function memoryOf(pids: number[]): number | undefined {
  if (!isKnown) return undefined
  const kilobytes = pids.map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0))
  return sum(kilobytes) * 1024
}

/** The numbers of the cores that this process may use. */
export function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s+(\S+)/m.exec(isKnown ? read('/proc/self/status') : '')?.[1] ?? ''
  return list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number)
    return range === '' ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

/** Places in what `fieldsOf` gives: user, system, and the same of ended children stand side by side. */
const PARENT = 1
const USER = 11

/** The numbers of /proc/…/stat after the program's name, which may hold anything; none of a process that is gone. */
function fieldsOf(pid: number | string): number[] {
  const text = read(`/proc/${pid}/stat`)
  const rest = text.slice(text.lastIndexOf(')') + 2)
  return rest === '' ? [] : rest.split(' ').map(Number)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
