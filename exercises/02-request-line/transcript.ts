// What went over the wire, on the terminal: `< ` before each line that came in, `> ` before each that went out.

import { todo } from '#given/kit/todo.ts'
import { visible } from '#given/02-request-line/report.ts'

/** Prints each line of `text` with `prefix` before it. A line ends in CRLF or LF; the end of the last may be missing. */
export function printLines(prefix: string, text: string): void {
  // TODO 2.2: Cut the text into its lines and print each with the prefix before it.
  // TODO 2 strict: No client may move your cursor or fake a line: print what `visible` makes of each line.
  todo(2, 2)
}
