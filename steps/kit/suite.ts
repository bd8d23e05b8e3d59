// What a step's suite is written with: `core` and `strict` tests, each with a context of its own.
//
//   const { core, strict } = suite(1)
//   core('echoes one message', { see: 'Node: socket.write' }, async ({ connect }) => { … })

import { describe, test } from 'vitest'
import { TestContext } from './test-context.ts'
import { patient } from './unhurried.ts'

export interface Facts {
  /** Where to read about it: the RFC or PEP and its section, or the page of Node's manual. */
  see: string
  /** What no later floor may break: the test runs against every later floor too. */
  lasting?: boolean
  /** In ms; usual: 10 s. */
  timeout?: number
}

/** What each task carries for the reporter. */
export interface Meta {
  step: number
  level: 'core' | 'strict'
  /** The place within the level, from 1. */
  move: number
  see: string
  /** What the server printed during the test. */
  output: string
}

declare module 'vitest' {
  interface TaskMeta {
    workshop?: Meta
  }
}

type Define = (name: string, facts: Facts, body: (context: TestContext) => Promise<void> | void) => void

/** The two levels of step `step`. Tests are written in the order in which one builds. */
export function suite(step: number): { core: Define; strict: Define } {
  const floor = Number(process.env['WORKSHOP_FLOOR'] ?? step)
  return { core: level(step, 'core', floor), strict: level(step, 'strict', floor) }
}

function level(step: number, name: 'core' | 'strict', floor: number): Define {
  let move = 0
  return (title, facts, body) => {
    move++
    if (floor !== step && !facts.lasting) return
    const meta: Meta = { step, level: name, move, see: facts.see, output: '' }
    describe(name, () => {
      test(title, { timeout: patient(facts.timeout ?? 10_000) }, async ({ task, skip }) => {
        task.meta.workshop = meta
        const context = new TestContext(step, floor, skip)
        try {
          await context.run(body)
        } finally {
          meta.output = context.output
          task.meta.workshop = { ...meta }
        }
      })
    })
  }
}
