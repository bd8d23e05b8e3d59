// One measurement of one server: how fast it answered, and what that cost this machine.
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Cores, Place } from '../machine/cores.ts'
import type { Load, Question } from './load.ts'
import { inApps } from '../servers/contestants.ts'
import { cpuOfAll, cpuOfEach, memoryOf, treeOf } from '../machine/proc.ts'
import { endsWithUs } from '../machine/ending.ts'
import type { Running } from '../servers/run.ts'

export interface Sample {
  /** Requests a second. */
  rate: number
  /** ms. */
  p50?: number | undefined
  p99?: number | undefined
  /** µs of a processor for a request, of all processes of the server. */
  cpu?: number | undefined
  /** Bytes, of all of them. */
  memory?: number | undefined
  /** Shares of a core: what the load took, and what everything else on this machine. */
  load?: number | undefined
  others?: number | undefined
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

/** What each of these processes has had of a processor since then, the busiest first. */
function growthSince(before: Map<number, number>): [pid: number, seconds: number][] {
  const now = cpuOfEach([...before.keys()])
  const growth = [...before].map(([pid, had]): [number, number] => [pid, (now?.get(pid) ?? 0) - had])
  return growth.toSorted(([, a], [, b]) => b - a)
}

/** Lets the load ask one server. */
export async function sample(
  { pid, port }: Running,
  question: Question,
  place: Place,
  { load, cores, seconds }: Bench,
): Promise<Sample> {
  cores.put(pid, place, busiest.get(pid))
  const before = { each: cpuOfEach(treeOf(pid)), all: cpuOfAll(), at: performance.now() }
  const answers = await load.ask(port, question, { seconds, prefix: cores.loadPrefix(place) })
  const growth = before.each && growthSince(before.each)
  const cpu = growth?.reduce((sum, [, took]) => sum + took, 0)
  const busy = difference(before.all, cpuOfAll())
  const elapsed = (performance.now() - before.at) / 1000
  if (growth?.[0]) busiest.set(pid, growth[0][0])
  const { requests, refused, failed } = answers
  // What is pipelined has no latencies that a load could tell.
  const latencies = question.pipeline === undefined ? { p50: answers.p50, p99: answers.p99 } : {}
  return {
    rate: (requests - refused) / answers.seconds,
    ...latencies,
    cpu: cpu === undefined || requests === 0 ? undefined : (cpu / requests) * 1e6,
    memory: memoryOf(treeOf(pid)),
    load: answers.cpu === undefined ? undefined : answers.cpu / answers.seconds,
    others: busy === undefined ? undefined : Math.max(0, busy - (cpu ?? 0) - (answers.cpu ?? 0)) / elapsed,
    lost: refused + failed,
  }
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before
}

/** The same application, called in a loop inside Python: no server can be faster. */
export async function sampleInPython(
  python: string,
  module: string,
  { cores, seconds }: Bench,
): Promise<Sample> {
  const script = fileURLToPath(new URL('in-python.py', import.meta.url))
  const line = [...cores.prefixOfOne(), python, script, module, String(seconds)]
  const [command = '', ...words] = line
  const child = endsWithUs(spawn(command, words, { ...options(), stdio: ['ignore', 'pipe', 'pipe'] }))
  let printed = ''
  let complaint = ''
  child.stdout.on('data', (chunk) => (printed += String(chunk)))
  child.stderr.on('data', (chunk) => (complaint += String(chunk)))
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (!printed.startsWith('{')) throw new Error(complaint.trim().split('\n').at(-1) ?? 'it did not run')
  const { status, requests, seconds: taken, cpu }: Called = JSON.parse(printed)
  if (status !== '200 OK') throw new Error(`it answers ${status}`)
  return { rate: requests / taken, cpu: (cpu / requests) * 1e6, lost: 0 }
}

interface Called {
  status: string
  requests: number
  seconds: number
  cpu: number
}

function options() {
  return { cwd: inApps.cwd, env: { ...process.env, ...inApps.env }, windowsHide: true }
}

/** What a client gets, as far as it has to be the same for all. */
export interface Answer {
  status: number
  type: string
  body: string
}

/** Asks once, before anything is timed. */
export function answerOf(port: number, { path, body }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST'
    const asked = request({ port, host: '127.0.0.1', path, method, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part)).on('error', reject)
      response.on('end', () => {
        const type = (response.headers['content-type'] ?? '').toLowerCase().replaceAll(' ', '')
        const text = Buffer.concat(parts).toString('latin1')
        resolve({ status: response.statusCode ?? 0, type, body: text })
      })
    })
    asked.on('error', reject)
    asked.end(body === undefined ? undefined : Buffer.alloc(body, 'x'))
  })
}

/** In what an answer differs from the one that is wanted; undefined when in nothing. */
export function differenceOf(answer: Answer, wanted: Answer): string | undefined {
  if (answer.status !== wanted.status) return `it answers ${answer.status}, not ${wanted.status}`
  if (answer.type !== wanted.type) return `its Content-Type is ${answer.type}, not ${wanted.type}`
  if (answer.body === wanted.body) return undefined
  return `its body is another (${answer.body.length} bytes, not ${wanted.body.length})`
}
