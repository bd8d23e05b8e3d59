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

/** Stops the program at an unwritten part: move `move` of step `step`. Replace the call with your code. */
export function todo(step: number, move: number): never {
  todos.publish({ step, move })
  throw new Todo(step, move)
}
