// The load: a program that asks as fast as it is answered, in a process of its own. wrk where it is installed, else
// autocannon, which is installed on first use and is itself the slowest part beside a fast server.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cpuOfEnded } from '../machine/proc.ts'
import { root } from '../../lib/catalogue.ts'
import { installTool } from '../../lib/machine/npm-tools.ts'
import { runCaught } from '../../lib/machine/programs.ts'
import { Refusal, Usage } from '../../lib/words.ts'

/** What every client asks for, again and again. */
export interface Question {
  path: string
  connections: number
  /** Requests that are sent before an answer is waited for. */
  pipeline?: number
  /** Bytes to POST. */
  body?: number
  /** Header fields of a request, Host among them. */
  fields?: number
}

/** What came of it, as autocannon prints it and wrk.lua too. */
export interface Answers {
  '2xx': number
  /** wrk does not count a redirection here. */
  non2xx: number
  /** Seconds. */
  duration: number
  /** ms. */
  latency: { p50: number; p99: number }
  /** Connections that broke, answers that did not come in time. */
  errors: number
}

export interface Load {
  name: string
  /** Its command line for so many seconds of a question. */
  line(port: number, question: Question, seconds: number): string[]
}

const AUTOCANNON = '8.0.0'
const MISSING =
  'There is no load to measure with: autocannon could not be had from npm. Install wrk, or try again with a network.'
/** Seconds after which an answer counts as one that does not come. */
const PATIENCE = 10

/** `name`: the one wanted; without it, the faster one that there is. */
export async function findLoad(name?: string): Promise<Load> {
  if (name !== undefined && !['wrk', 'autocannon'].includes(name))
    throw new Usage(`load= is wrk or autocannon, not "${name}": npm run bench load=autocannon`)
  // It prints its version on the way to refusing, and has no other way to be asked.
  const { printed } = await runCaught('wrk', ['--version'], root)
  const version = /^wrk \D*([\d.]+\d)/.exec(printed)?.[1]
  if (version !== undefined && name !== 'autocannon') return { name: `wrk ${version}`, line: wrkLine }
  if (name === 'wrk') throw new Refusal('wrk is not installed. Leave load=wrk out, and autocannon is used.')
  const folder = await installTool({ name: 'autocannon', version: AUTOCANNON, missing: MISSING })
  const start = [process.execPath, join(folder, 'autocannon.js')]
  return { name: `autocannon ${AUTOCANNON}`, line: (...asked) => [...start, ...autocannonWords(...asked)] }
}

const wrkLine: Load['line'] = (port, { path, connections, pipeline = 1, body = 0, fields = 1 }, seconds) => {
  const script = fileURLToPath(new URL('wrk.lua', import.meta.url))
  const size = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', `${PATIENCE}s`, '-s', script]
  return ['wrk', ...size, urlOf(port, path), '--', ...[pipeline, body, fields].map(String)]
}

const autocannonWords: Load['line'] = (port, question, seconds) => {
  const { path, connections, pipeline = 1, body, fields = 1 } = question
  const size = ['-c', connections, '-p', pipeline, '-d', seconds, '-t', PATIENCE].map(String)
  // Host is one of them; autocannon adds Connection.
  const names = Array.from({ length: Math.max(0, fields - 2) }, (_, index) => `X-Field-${index}`)
  const extra = names.flatMap((name) => ['-H', `${name}=a value of usual length`])
  const post = body === undefined ? [] : ['-m', 'POST', '-i', fileOf(body)]
  return ['--json', ...size, ...extra, ...post, urlOf(port, path)]
}

const urlOf = (port: number, path: string) => `http://127.0.0.1:${port}${path}`

/** A command line has no room for a body of 1 MB. */
function fileOf(size: number): string {
  const folder = join(root, '.workshop', 'bench')
  const file = join(folder, `body-${size}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, Buffer.alloc(size, 'x'))
  return file
}

/** Runs a load, and gives the share of a core that it took itself as well. */
export async function runLoad(line: string[]): Promise<Answers & { load: number }> {
  const before = { cpu: cpuOfEnded(), at: performance.now() }
  const answers = await runForJson<Answers>(line, root)
  const seconds = (performance.now() - before.at) / 1000
  return { ...answers, load: (cpuOfEnded() - before.cpu) / seconds }
}

/** Runs a program that ends of its own accord, and prints JSON at last. */
export async function runForJson<T>([command = '', ...words]: string[], cwd: string): Promise<T> {
  const { printed } = await runCaught(command, words, cwd)
  const lines = printed.trim().split('\n')
  const json = lines.findLast((line) => line.startsWith('{'))
  if (json === undefined) throw new Error(lines.at(-1) || 'it did not run')
  return JSON.parse(json)
}
