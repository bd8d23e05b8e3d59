// What the terminal is told when something goes wrong. Given whole.

import { inspect } from 'node:util'

/** Text with its control characters written out, all but line ends: `\x1b` moves no cursor then, and fakes no line. */
export function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

/** Prints what happened, and the error with its stack. Never throws: showing an error may run code of that error. */
export function report(what: string, error: unknown): void {
  let reason = 'an error that cannot be shown'
  try {
    reason = inspect(error)
  } catch {
    // The sentence above has to do.
  }
  // One argument alone: with more, a % in the first would be taken for a place to fill in.
  console.error(visible(`${what}: ${reason}`))
}
