// Reads a file of the workshop.
import { existsSync, readFileSync } from 'node:fs'

/** A file's text with line ends as Unix has them, whatever git made of them; undefined when there is none. */
export function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : undefined
}
