// The call that stands in a starter where code is still to be written.

import { channel } from 'node:diagnostics_channel'

/** Whoever runs the code may listen here, so that no catch-all in a server can hide an unwritten part. */
export const todos = channel('workshop:todo')

export class Todo extends Error {
  override name = 'Todo'
  readonly step: number
  readonly move: number

  constructor(step: number, move: number) {
    super(`TODO ${step}.${move} is still to be written`)
    this.step = step
    this.move = move
  }
}

/** The same again from what was published, here or in another thread. Its stack is that of the call. */
export function todoOf(message: unknown): Todo {
  const { step, move, stack }: Record<string, unknown> = { ...(message instanceof Object ? message : {}) }
  const error = new Todo(Number(step), Number(move))
  if (typeof stack === 'string') error.stack = stack
  return error
}

/** Stops the program at an unwritten part: move `move` of step `step`. Replace the call with your code. */
export function todo(step: number, move: number): never {
  const error = new Todo(step, move)
  todos.publish({ step, move, stack: error.stack })
  throw error
}
