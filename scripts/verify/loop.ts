// Checks on the learner's loop itself: servers that crash, reject or loop for ever fail the right test, are told
// about in words and with their own line, and leave no process behind.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Edit } from '#given/proof/mistake.ts'
import { theStep } from '../lib/catalogue.ts'
import { inOwnFolder, referenceTexts, verifyFolder } from '../lib/trees/build.ts'
import { applyMistake } from '../lib/trees/mistakes.ts'
import { finding, type Finding } from './finding.ts'
import { tryEach, type Tried } from './proof/try-each.ts'

/** A broken server: one edit of the reference, and what a learner must be told about it. */
interface Broken {
  what: string
  edit: Edit
  /** The test that fails first. */
  test: string
  /** What its failure says: the sentence, and the learner's own line where there is one. */
  says: string[]
}

const pidFile = join(verifyFolder(), 'frozen-pid')
const notePid = `process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid))`

const ECHO = '01-echo-socket/echo.ts'

function echoWith(replace: string): Edit {
  return { file: ECHO, find: '  socket.pipe(socket)\n', replace }
}

const brokenServers: Broken[] = [
  {
    what: 'no listener for error',
    edit: { file: '01-echo-socket/listener.ts', find: "    socket.on('error', () => {})\n", replace: '' },
    test: 'outlives a client that resets',
    says: ['crashed', 'ECONNRESET'],
  },
  {
    what: 'a throw in a handler',
    edit: echoWith("  socket.on('data', () => {\n    throw new RangeError('of my own')\n  })\n"),
    test: 'sends back what it is sent',
    says: ['RangeError: of my own', `${ECHO}:`, "throw new RangeError('of my own')"],
  },
  {
    what: 'a promise that is rejected',
    edit: echoWith("  void Promise.reject(new TypeError('of my own'))\n"),
    test: 'sends back what it is sent',
    says: ['TypeError: of my own', 'Promise.reject(', `${ECHO}:`],
  },
  {
    what: 'a loop for ever in a handler',
    edit: echoWith("  socket.on('data', () => {\n    while (true) {}\n  })\n"),
    test: 'sends back what it is sent',
    says: ['loop that never ends'],
  },
  {
    what: 'a loop for ever at import',
    edit: { file: ECHO, find: "from 'node:net'\n", replace: "from 'node:net'\nwhile (true) {}\n" },
    test: 'listens where it is told',
    says: [ECHO, 'imported', 'loop that never ends'],
  },
  {
    what: "a loop for ever in the test process's own thread",
    edit: {
      file: '02-request-line/request-line.ts',
      find: '  const [, method, target, version] =',
      // The servers of the tests before this one never get this method.
      replace: `  ${notePid}\n  while (line.startsWith('M-SEARCH')) {}\n  const [, method, target, version] =`,
    },
    test: 'takes a request-line apart',
    says: ['loop that never ends'],
  },
]

export async function checkLoop(): Promise<Finding> {
  const texts = referenceTexts()
  const entries = brokenServers.map((broken) => {
    return { ...broken, step: theStep(Number.parseInt(broken.edit.file, 10)) }
  })
  const tried = await inOwnFolder('broken', (label) =>
    // The suite runs up to the first failure, as it does where somebody wants to hear of each.
    tryEach(entries, { lanes: 2, label, texts, make: (one) => applyMistake(one, texts), onTried() {} }),
  )
  const faults = [...tried.flatMap(faultsOf), ...leftBehind()]
  return finding('broken servers are named for what they are', tried.length, 'servers', faults)
}

function faultsOf({ entry: { what, test: wanted, says }, test, text, stale }: Tried<Broken>): string[] {
  if (stale !== undefined) return [`${what}: ${stale}`]
  if (test?.name !== wanted || !test.error)
    return [`${what}: "${wanted}" should fail first; it is "${test?.name ?? 'nothing'}".`]
  const missing = says.filter((part) => !text.includes(part))
  return missing.map((part) => `${what}: the failure should say "${part}"; it says\n${text}`)
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
