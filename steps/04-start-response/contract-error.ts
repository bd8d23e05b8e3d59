// The error that means "the application broke WSGI": the client gets a 500, the terminal gets this.

import { inspect } from 'node:util'

export class ContractError extends Error {
  override name = 'ContractError'
  /** The section of PEP 3333 that has the rule. */
  readonly section: string

  /** `broken` says which rule was broken, `remedy` how to mend the application. */
  constructor(broken: string, remedy: string, section: string) {
    super(`${broken}: ${remedy} (PEP 3333, "${section}").`)
    this.section = section
  }

  /** On the terminal: the rule is what helps, and a stack would show the server's own lines. */
  [inspect.custom](): string {
    return `it broke WSGI. ${this.message}`
  }
}
