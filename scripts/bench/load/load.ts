// The load: a program that asks as fast as it is answered, in a process of its own. wrk where it is installed, else
// autocannon, which is installed on first use.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cpuOfEnded } from '../machine/proc.ts'
import { endsWithUs } from '../machine/ending.ts'
import { installAutocannon } from '../servers/tools.ts'
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

/** What came of it. Times in ms. */
export interface Answers {
  requests: number
  seconds: number
  p50: number
  p99: number
  /** Connections that broke, answers that did not come in time. */
  failed: number
  /** Answers of another status than 2xx or 3xx. */
  refused: number
  /** Seconds of a processor that the load itself took. */
  cpu: number | undefined
}

export interface Load {
  name: string
  ask(port: number, question: Question, options: { seconds: number; prefix: string[] }): Promise<Answers>
}

const fileHere = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const LOADS = ['wrk', 'autocannon']

/** `name`: the one wanted; without it, the faster one that there is. */
export async function findLoad(name?: string): Promise<Load> {
  if (name !== undefined && !LOADS.includes(name))
    throw new Usage(`load= is wrk or autocannon, not "${name}": npm run bench load=autocannon`)
  const version = name === 'autocannon' ? undefined : await wrkVersion()
  if (version !== undefined) return { name: `wrk ${version}`, ask: askWithWrk }
  if (name === 'wrk') throw new Refusal('wrk is not installed. Leave load=wrk out, and autocannon is used.')
  const { module, version: installed } = await installAutocannon()
  return {
    name: `autocannon ${installed}`,
    ask: (port, question, { seconds, prefix }) => {
      const order = JSON.stringify({ module, port, seconds, ...question })
      return run([...prefix, process.execPath, fileHere('autocannon.mjs'), order])
    },
  }
}

/** It prints its version on the way to refusing, and has no other way to be asked. */
async function wrkVersion(): Promise<string | undefined> {
  const printed = await new Promise<string>((resolve) => {
    const child = spawn('wrk', ['--version'], { windowsHide: true })
    let text = ''
    child.stdout.on('data', (chunk) => (text += String(chunk)))
    child.once('error', () => resolve(''))
    child.once('close', () => resolve(text))
  })
  return /^wrk \D*([\d.]+\d)/.exec(printed)?.[1]
}

const askWithWrk: Load['ask'] = (
  port,
  { path, connections, pipeline, body, fields },
  { seconds, prefix },
) => {
  const words = Object.entries({ pipeline, body, fields }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  )
  const size = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s']
  const script = ['-s', fileHere('wrk.lua')]
  return run([...prefix, 'wrk', ...size, ...script, `http://127.0.0.1:${port}${path}`, '--', ...words])
}

/** The last line that it prints is JSON. */
async function run([command = '', ...words]: string[]): Promise<Answers> {
  const before = cpuOfEnded()
  const child = endsWithUs(spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true }))
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)))
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  const line = printed.trim().split('\n').at(-1) ?? ''
  if (!line.startsWith('{')) throw new Error(`the load failed: ${line}`)
  const answers: Omit<Answers, 'cpu'> = JSON.parse(line)
  const after = cpuOfEnded()
  return { cpu: before === undefined || after === undefined ? undefined : after - before, ...answers }
}
