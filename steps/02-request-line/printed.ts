// What a function prints, for tests of functions that print.

import { formatWithOptions } from 'node:util'

/** All that `print` writes by `console.log` or to `process.stdout`; neither gets any of it. */
export function printedBy(print: () => void): string {
  const { log } = console
  const { stdout } = process
  const write = stdout.write
  let printed = ''
  console.log = (...values: unknown[]) => {
    printed += `${formatWithOptions({ colors: false }, ...values)}\n`
  }
  stdout.write = (bytes: string | Uint8Array) => {
    printed += typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()
    return true
  }
  try {
    print()
    return printed
  } finally {
    console.log = log
    stdout.write = write
  }
}
