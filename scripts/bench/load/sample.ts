// One measurement of one server: how fast it answered, and what that cost this machine.
import { fileURLToPath } from 'node:url'
import type { Cores, Place } from '../machine/cores.ts'
import { cpuOf, memoryOf, treeOf } from '../machine/proc.ts'
import type { Running } from '../servers/run.ts'
import { apps } from '../../matrix/hosts.ts'
import { runForJson, runLoad, type Load, type Question } from './load.ts'

/** NaN is what is not known. */
export interface Sample {
  /** Requests a second. */
  rate: number
  /** ms. */
  p50: number
  p99: number
  /** µs of a processor for a request, of all processes of the server. */
  cpu: number
  /** Bytes, of all of them. */
  memory: number
  /** The share of a core that the load took. */
  load: number
  /** Requests that were not answered, or not with success. */
  lost: number
}

export interface Bench {
  load: Load
  cores: Cores
  seconds: number
}

/** By the root of a server's tree of processes: which of them was the busiest when it was asked last. */
const busiest = new Map<number, number>()

/** Lets the load ask one server. */
export async function sample(
  { pid, port }: Running,
  question: Question,
  place: Place,
  { load, cores, seconds }: Bench,
): Promise<Sample> {
  cores.put(pid, place, busiest.get(pid))
  const before = treeOf(pid).map((member) => ({ member, had: cpuOf(member) }))
  const answers = await runLoad([...cores.loadPrefix(place), ...load.line(port, question, seconds)])
  const took = before.map(({ member, had }) => ({ member, seconds: cpuOf(member) - had }))
  const [first] = took.toSorted((a, b) => b.seconds - a.seconds)
  if (first !== undefined) busiest.set(pid, first.member)
  const cpu = took.reduce((sum, one) => sum + one.seconds, 0)
  const { '2xx': answered, non2xx, duration, errors, latency } = answers
  // What is pipelined has no latencies that a load could tell.
  const { p50, p99 } = question.pipeline === undefined ? latency : { p50: NaN, p99: NaN }
  return {
    rate: answered / duration,
    p50,
    p99,
    cpu: (cpu / (answered + non2xx)) * 1e6,
    memory: memoryOf(treeOf(pid)),
    load: answers.load,
    lost: non2xx + errors,
  }
}

/** The same application, called in a loop inside Python: no server can be faster. */
export async function sampleInPython(
  { python, module }: { python: string; module: string },
  { cores, seconds }: Bench,
): Promise<Sample> {
  const script = fileURLToPath(new URL('in-python.py', import.meta.url))
  // Nobody asks it, so it may have the core of the load.
  const line = [...cores.loadPrefix('one core'), python, '-B', script, module, String(seconds)]
  const called = await runForJson<{ requests: number; seconds: number; cpu: number }>(line, apps)
  const rate = called.requests / called.seconds
  const cpu = (called.cpu / called.requests) * 1e6
  return { rate, cpu, p50: NaN, p99: NaN, memory: NaN, load: NaN, lost: 0 }
}
