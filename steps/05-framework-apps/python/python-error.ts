// What goes wrong on the other side of the pipe, said in a line: a stack from here would only mislead.

import { inspect } from 'node:util'

export class PythonError extends Error {
  override name = 'PythonError';

  [inspect.custom](): string {
    return this.message
  }
}
