// The view that stays: what each key does, and that one thing happens at a time.
import { EventEmitter, once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { theStep } from '../lib/catalogue.ts'
import { keyReader } from './terminal.ts'
import type { Attempt } from './trial.ts'
import type { Verdict } from './verdict.ts'
import { WatchView } from './watch-view.ts'

const seams = vi.hoisted(() => ({
  press: (_key: string) => {},
  present: (_attempt: Attempt) => {},
  said: '',
  request: vi.fn(),
  end: vi.fn(async () => {}),
  runCommand: vi.fn(async (_words: string[]) => {}),
  prepareFor: vi.fn(async (_step: { number: number }) => ['no Python here']),
}))

vi.mock('./terminal.ts', async (importOriginal) => ({
  ...(await importOriginal<typeof import('./terminal.ts')>()),
  isDumb: false,
  openKeyboard: (onKey: typeof seams.press) => {
    seams.press = onKey
    return () => {}
  },
  runCommand: seams.runCommand,
}))
vi.mock('./reruns.ts', () => ({
  Reruns: class {
    request = seams.request
    end = seams.end
    constructor(_asked: unknown, present: typeof seams.present) {
      seams.present = present
    }
  },
}))
vi.mock('../lib/machine/file-watch.ts', () => ({
  FileWatch: class {
    isPaused = false
    look() {}
    end() {}
  },
}))
vi.mock('../lib/machine/python.ts', () => ({ prepareFor: seams.prepareFor, arrivalFor: () => undefined }))
vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
  seams.said += String(text)
  return true
})

afterEach(() => {
  seams.said = ''
  vi.clearAllMocks()
})

const verdict: Verdict = { blocks: [{ lines: ['all is well'] }], green: true, note: [], lesson: undefined }
const attempt = (annotated = verdict) => ({ verdict, annotated: Promise.resolve(annotated) })

function begin(step: number, isPlain = false): Promise<number> {
  return new WatchView({ step: theStep(step), level: 'core', greeting: [], isPlain }).show()
}

/** A promise and the function that settles it. */
function latch() {
  const opened = new EventEmitter()
  return { promise: once(opened, 'open').then(() => {}), release: () => void opened.emit('open') }
}

test('a key that takes its time says so at once, and the same key or another is not taken meanwhile', async () => {
  const { promise, release } = latch()
  seams.runCommand.mockReturnValueOnce(promise)
  void begin(3)
  seams.said = ''
  seams.press('h')
  expect(seams.said).toContain('hint 3 …')
  for (const key of ['h', 'd', 'a', '\r']) seams.press(key)
  await vi.waitFor(() => expect(seams.runCommand).toHaveBeenCalled())
  for (const key of ['h', 'd', 'a', '\r']) seams.press(key)
  release()
  await vi.waitFor(() => expect(seams.said).toContain('Enter again'))
  expect(seams.runCommand.mock.calls).toEqual([[['hint', '3']]])
  expect(seams.request).toHaveBeenCalledTimes(1)
})

test('q ends it even while the runs do not', async () => {
  const { promise, release } = latch()
  seams.end.mockReturnValueOnce(promise)
  const ended = begin(3)
  seams.press('h')
  seams.press('q')
  await expect(ended).resolves.toBe(1)
  release()
  await promise
  expect(seams.runCommand).not.toHaveBeenCalled()
})

test('a second Ctrl-C ends the process at once', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`)
  })
  void begin(3)
  seams.press('\x03')
  expect(() => seams.press('\x03')).not.toThrow()
  expect(exit).toHaveBeenCalledWith(130)
  exit.mockRestore()
})

test('to go on to a step makes ready what it needs, says what cannot be had, and runs', async () => {
  void begin(4)
  seams.present(attempt())
  seams.press('n')
  await vi.waitFor(() => expect(seams.request).toHaveBeenCalledTimes(2))
  expect(seams.prepareFor.mock.calls).toEqual([[expect.objectContaining({ number: 5 })]])
  expect(seams.said.slice(seams.said.lastIndexOf('\x1b[2J'))).toContain('no Python here')
})

test('a note on types is shown even where it takes the room of a line that was there before', async () => {
  void begin(3)
  seams.present(attempt({ ...verdict, blocks: [{ lines: ['a note'] }], note: ['a note'] }))
  await vi.waitFor(() => expect(seams.said).toContain('a note'))
})

test('the plain view writes each verdict once, without codes and without keys', async () => {
  void begin(3, true)
  seams.present(attempt({ ...verdict, blocks: [{ lines: ['all is well', 'a note'] }], note: ['a note'] }))
  await vi.waitFor(() => expect(seams.said).toContain('a note'))
  expect(seams.said.split('all is well')).toHaveLength(2)
  expect(seams.said).not.toMatch(/\x1b|h hint/) // oxlint-disable-line no-control-regex
})

test.for([
  ['h', 'h'],
  ['\r', '\r'],
  ['\x03\x03', '\x03\x03'],
  ['hn', ''],
  ['npm run step 3\r', ''],
  ['\x1b[A', ''],
])('of %j the keys are %j', ([sent = '', keys]) => {
  let heard = ''
  keyReader((key) => (heard += key))(Buffer.from(sent))
  expect(heard).toBe(keys)
})

test('a bracketed paste is no key, in whatever pieces it comes', () => {
  let heard = ''
  const read = keyReader((key) => (heard += key))
  for (const piece of ['\x1b[200~', 'q', 'n', 'h\x1b[201~', 'd']) read(Buffer.from(piece))
  expect(heard).toBe('d')
})
