// Checks on the learner's loop itself: servers that crash, reject or loop for ever fail the right test, are told
// about in words and with their own line, and leave no process behind.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findSteps } from '../lib/catalogue.ts'
import { sideBySide } from '../lib/lanes.ts'
import { finding, type Finding } from './finding.ts'
import { buildTree, verifyFolder } from '../lib/trees/build.ts'
import { explainFailure } from '../lib/suites/failure-text.ts'
import { firstFailure } from '../lib/suites/results.ts'
import { runSuites } from '../lib/suites/run.ts'

/** A broken server: one edit of the reference, and what a learner must be told about it. */
interface Broken {
  what: string
  file: string
  /** This text of the reference … */
  from: string
  /** … becomes this one. */
  to: string
  /** The test that fails first. */
  test: string
  /** What its failure says: the sentence, and the learner's own line where there is one. */
  says: string[]
}

const pidFile = join(verifyFolder(), 'frozen-pid')
const notePid = `process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid))`

const brokenServers: Broken[] = [
  {
    what: 'no listener for error',
    file: '01-echo-socket/listener.ts',
    from: "    socket.on('error', () => {})\n",
    to: '',
    test: 'outlives a client that resets',
    says: ['crashed', 'ECONNRESET'],
  },
  {
    what: 'a throw in a handler',
    file: '01-echo-socket/echo.ts',
    from: '  socket.pipe(socket)\n',
    to: "  socket.on('data', () => {\n    throw new RangeError('of my own')\n  })\n",
    test: 'sends back what it is sent',
    says: ['RangeError: of my own', '01-echo-socket/echo.ts:', "throw new RangeError('of my own')"],
  },
  {
    what: 'a promise that is rejected',
    file: '01-echo-socket/echo.ts',
    from: '  socket.pipe(socket)\n',
    to: "  void Promise.reject(new TypeError('of my own'))\n",
    test: 'sends back what it is sent',
    says: ['TypeError: of my own', 'Promise.reject(', '01-echo-socket/echo.ts:'],
  },
  {
    what: 'a loop for ever in a handler',
    file: '01-echo-socket/echo.ts',
    from: '  socket.pipe(socket)\n',
    to: "  socket.on('data', () => {\n    while (true) {}\n  })\n",
    test: 'sends back what it is sent',
    says: ['loop that never ends'],
  },
  {
    what: 'a loop for ever at import',
    file: '01-echo-socket/echo.ts',
    from: "import type { Socket } from 'node:net'\n",
    to: "import type { Socket } from 'node:net'\nwhile (true) {}\n",
    test: 'listens where it is told',
    says: ['01-echo-socket/echo.ts', 'imported', 'loop that never ends'],
  },
  {
    what: "a loop for ever in the test process's own thread",
    file: '02-request-line/request-line.ts',
    from: '  const [, method, target, version] =',
    // The servers of the tests before this one never get this method.
    to: `  ${notePid}\n  while (line.startsWith('M-SEARCH')) {}\n  const [, method, target, version] =`,
    test: 'takes a request-line apart',
    says: ['loop that never ends'],
  },
]

export async function checkLoop(): Promise<Finding> {
  const faults = await sideBySide(2, brokenServers, faultsOf)
  return finding('broken servers are named for what they are', brokenServers.length, 'servers', [
    ...faults.flat(),
    ...leftBehind(),
  ])
}

async function faultsOf(broken: Broken): Promise<string[]> {
  const tree = buildTree(`broken-${brokenServers.indexOf(broken) + 1}`, (name, text) =>
    name === broken.file ? edit(text, broken) : text,
  )
  const steps = findSteps().filter(({ folder }) => broken.file.startsWith(folder))
  const result = await runSuites({ tree, steps, level: 'core', bail: true })
  const failure = firstFailure(result.tests)
  if (failure?.name !== broken.test || !failure.error) {
    return [`${broken.what}: "${broken.test}" should fail first; it is "${failure?.name ?? 'nothing'}".`]
  }
  const text = explainFailure(failure.error, tree)
  const missing = broken.says.filter((part) => !text.includes(part))
  return missing.map((part) => `${broken.what}: the failure should say "${part}"; it says\n${text}`)
}

/** An edit that no longer applies is a fault of its own. */
function edit(text: string, { what, file, from, to }: Broken): string {
  if (text.includes(from)) return text.replace(from, () => to)
  throw new Error(`"${what}" no longer applies: solutions/${file} has no ${JSON.stringify(from)}.`)
}

/** The test process that looped has to be gone. */
function leftBehind(): string[] {
  if (!existsSync(pidFile)) return ['The loop in the test process was never reached.']
  const pid = Number(readFileSync(pidFile, 'utf8'))
  try {
    process.kill(pid, 0)
    return [`The test process that looped for ever, ${pid}, is still there.`]
  } catch {
    return []
  }
}
