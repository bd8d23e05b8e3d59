// Runs in each test process before its suite. It leaves a pulse that scripts/lib/suites/watchdog.ts reads: which test is
// running, and that the event loop still turns. Written synchronously, since a frozen loop sends no message.
import { writeFileSync } from 'node:fs'
import inspector from 'node:inspector'
import { join } from 'node:path'
import { beforeEach, vi } from 'vitest'
import { guardParent } from './host/parent-guard.ts'

/** What a test process says about itself; see scripts/lib/suites/watchdog.ts. */
export interface Pulse {
  /** `loading`: the suite and what it imports. */
  phase: 'loading' | 'testing'
  /** While loading, the module of the learner's that began last: `03-environ/fields.ts`. */
  module: string
  /** While testing, the test's level and name. */
  level: string
  test: string
  /** Changes for as long as the event loop turns. */
  beat: number
}

declare global {
  /** Called by each of the learner's modules as it begins: vitest.config.ts puts the call there. */
  var workshopModuleBegins: ((file: string) => void) | undefined
}

const folder = process.env['WORKSHOP_PULSE']

if (inspector.url() !== undefined) {
  // Whoever steps through the code with a debugger takes as long as it takes.
  vi.setConfig({ testTimeout: 0, hookTimeout: 0 })
} else if (folder !== undefined) {
  leavePulse(join(folder, `${process.pid}.json`))
  guardParent()
}

function leavePulse(file: string): void {
  const pulse: Pulse = { phase: 'loading', module: '', level: '', test: '', beat: 0 }
  const write = (news: Partial<Pulse>) => writeFileSync(file, JSON.stringify(Object.assign(pulse, news)))

  write({})
  globalThis.workshopModuleBegins = (module) => write({ module })
  beforeEach(({ task }) => write({ phase: 'testing', level: task.suite?.name ?? '', test: task.name }))
  setInterval(() => write({ beat: pulse.beat + 1 }), 500).unref()
}
