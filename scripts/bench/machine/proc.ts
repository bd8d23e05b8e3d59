// What Linux tells of running processes in /proc. Elsewhere nothing here is known: it is NaN, and a dash in the tables.
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const isKnown = existsSync('/proc/self/stat')
/** Ticks of /proc's clock in a second: on every Linux that Node runs on. */
const TICKS = 100
/** Places in what `fieldsOf` gives: user, system, and the same of ended children stand side by side. */
const PARENT = 1
const USER = 11

/** This process and all that descend from it. */
export function treeOf(root: number): number[] {
  const parents = (isKnown ? readdirSync('/proc') : [])
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: fieldsOf(name)[PARENT] }))
  const tree = [root]
  // Grows while it is walked.
  for (const pid of tree)
    for (const one of parents) if (one.parent === pid && one.pid !== pid) tree.push(one.pid)
  return tree
}

/** Seconds of a processor that a process has had, and those of its children that have ended. */
export function cpuOf(pid: number): number {
  return isKnown ? sum(fieldsOf(pid).slice(USER, USER + 4)) / TICKS : NaN
}

/** Seconds of a processor that the children of this process have had that have ended. */
export function cpuOfEnded(): number {
  return isKnown ? sum(fieldsOf('self').slice(USER + 2, USER + 4)) / TICKS : NaN
}

/** Bytes of memory that these processes hold: what they share is counted for each. */
export function memoryOf(pids: number[]): number {
  const kilobytes = pids.map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0))
  return isKnown ? sum(kilobytes) * 1024 : NaN
}

/** The numbers of the cores that this process may use. */
export function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s+(\S+)/m.exec(read('/proc/self/status'))?.[1] ?? ''
  return list.split(',').flatMap((range) => {
    const [first = NaN, last = first] = range.split('-').map(Number)
    return range === '' ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

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
