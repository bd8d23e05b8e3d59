// Runs Python's own tools for the environment, and sums their failure up in a sentence.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { PythonMissing } from './python-missing.ts'

/** Without a network, pip's own patience is a minute and more. This many ms after its first word are enough. */
const FIRST_SIGN = 10_000
const HARD_LIMIT = 10 * 60_000
/** What pip prints once it has got something, from the network or from its cache. */
const SIGN = /Downloading|Using cached|Requirement already satisfied|Processing|Installing/
const PIP = ['-I', '-u', '-m', 'pip', 'install', '--no-input', '--progress-bar', 'off']
const PATIENCE = ['--retries', '1', '--timeout', '10']

export interface Run {
  /** Called with the id of the process, as soon as there is one. */
  onStart: (pid: number) => void
}

/** The interpreter of a virtual environment. */
export function interpreterIn(environment: string): string {
  return join(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
}

/** `python -m venv folder`. Throws PythonMissing. */
export async function makeVenv(python: string, folder: string, run: Run): Promise<void> {
  const { code, output } = await runTool(python, ['-I', '-m', 'venv', folder], run)
  if (code === 0) return
  const cause = lastLines(output, 1)
  throw new PythonMissing(`The folder .venv could not be made: ${cause || `venv ended with code ${code}`}.`)
}

/** Installs what these files list. Throws PythonMissing. */
export async function install(python: string, requirements: string[], run: Run): Promise<void> {
  const files = requirements.flatMap((file) => ['-r', file])
  const { code, output, cutOff } = await runTool(python, [...PIP, ...PATIENCE, ...files], run, SIGN)
  if (code !== 0 || cutOff) throw new PythonMissing(whyPipFailed(output, cutOff), true)
}

interface Ended {
  code: number | null
  output: string
  /** It was ended here, since it did not come on. */
  cutOff: boolean
}

function runTool(python: string, args: string[], run: Run, sign?: RegExp): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_USER: '0' }
    const child = spawn(python, args, { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    if (child.pid !== undefined) run.onStart(child.pid)
    let output = ''
    let cutOff = false
    const cut = () => (cutOff = child.kill('SIGKILL'))
    let timer = setTimeout(cut, HARD_LIMIT)
    const listen = (text: Buffer) => {
      const isFirst = output === ''
      output += String(text)
      const hasSign = sign?.test(String(text)) ?? true
      if (!isFirst && !hasSign) return
      clearTimeout(timer)
      timer = setTimeout(cut, hasSign ? HARD_LIMIT : FIRST_SIGN)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    const end = (code: number | null, more = '') => {
      clearTimeout(timer)
      resolve({ code, output: output + more, cutOff })
    }
    child.once('error', (error) => end(-1, error.message))
    child.once('close', (code) => end(code))
  })
}

const NO_NETWORK =
  /Retrying \(|NewConnectionError|ConnectTimeout|Temporary failure in name resolution|getaddrinfo failed/

/** The first that fits is the cause; the remedy is part of the sentence. */
const CAUSES: [RegExp, string][] = [
  [/No space left on device|WinError 112/, 'The disk is full: make some room (about 150 MB are needed).'],
  [
    /CERTIFICATE_VERIFY_FAILED|SSLError/,
    'The certificate of the package index is not trusted here: set PIP_CERT to the file with those of your network.',
  ],
  [
    NO_NETWORK,
    'The package index of Python could not be reached: connect to the network ' +
      '(behind a proxy, set HTTPS_PROXY; with a mirror, PIP_INDEX_URL).',
  ],
  [
    /No matching distribution found for (\S+)/,
    'The package index has no $1 for this Python: use Python 3.10 to 3.14, and look at PIP_INDEX_URL if it is set.',
  ],
  [
    /subprocess-exited-with-error|Failed building wheel|Microsoft Visual C\+\+/,
    'A package would have to be compiled for this Python: use Python 3.10 to 3.14.',
  ],
  [/Permission denied|Read-only file system|WinError 5\b/, 'A file in .venv could not be written.'],
]

function whyPipFailed(output: string, cutOff: boolean): string {
  for (const [pattern, sentence] of CAUSES) {
    const match = pattern.exec(output)
    if (match !== null) return withLastLines(sentence.replace('$1', match[1] ?? ''), output, pattern)
  }
  if (cutOff) return CAUSES.find(([pattern]) => pattern === NO_NETWORK)?.[1] ?? ''
  return withLastLines('pip could not install the frameworks.', output)
}

/** Without a network the last lines of pip's only mislead ("from versions: none"). */
function withLastLines(sentence: string, output: string, cause?: RegExp): string {
  const lines = lastLines(output, 4)
  if (cause === NO_NETWORK || lines === '') return sentence
  return `${sentence} The last that pip said:\n${lines.replace(/^/gm, '  ')}`
}

function lastLines(output: string, count: number): string {
  const lines = output
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '' && !/^(?:\[notice\]|Ignoring )/.test(line))
  return lines.slice(-count).join('\n')
}
