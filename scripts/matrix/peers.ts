// The columns of Python's own servers: each application in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Site } from '#given/05-framework-apps/routes.ts'
import { askAll, sentenceOf, type Cell, type Column } from './column.ts'
import { apps } from './hosts.ts'
import { endProcess } from '../lib/machine/programs.ts'

const script = fileURLToPath(new URL('peer.py', import.meta.url))
/** How long, in ms, a server may take to say its port, and to end. */
const START = 5000
const END = 3000

/** `name`: one that peer.py knows. */
export function peerColumn(name: string, python: string): Column {
  return { name, votes: true, run: (site) => ask(name, python, site), end: async () => {} }
}

async function ask(server: string, python: string, { name, style }: Site): Promise<Cell> {
  if (style !== 'Python') return { kind: 'said', says: '–', isGood: true }
  if (server === 'gunicorn' && process.platform === 'win32')
    return { kind: 'said', says: 'not run: not on Windows', isGood: true }
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' }
  const child = spawn(python, [script, server, name], { cwd: apps, env, windowsHide: true })
  try {
    return await askAll(await portOf(child))
  } catch (error) {
    return { kind: 'said', says: '✗ did not start', isGood: false, why: sentenceOf(error) }
  } finally {
    await endProcess(child, END, () => child.kill('SIGTERM'))
  }
}

/** The port, once it is known. Rejects with the last line that the process had to say. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', (chunk) => resolve(Number.parseInt(String(chunk), 10)))
    child.stderr?.on('data', (chunk) => (printed = `${printed}${String(chunk)}`.slice(-2000)))
    child.once('error', reject)
    child.once('close', () => reject(new Error(printed.trim().split('\n').at(-1))))
    setTimeout(() => reject(new Error(`It did not start within ${START / 1000} s.`)), START).unref()
  })
}
