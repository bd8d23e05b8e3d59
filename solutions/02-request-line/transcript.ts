// What went over the wire, on the terminal: `< ` before each line that came in, `> ` before each that went out.

import { visible } from '#given/02-request-line/report.ts'

/** Prints each line of `text` with `prefix` before it. A line ends in CRLF or LF; the end of the last may be missing. */
export function printLines(prefix: string, text: string): void {
  //> 2.2 Cut the text into its lines and print each with the prefix before it.
  //> 2.S No client may move your cursor or fake a line: print what `visible` makes of each line.
  for (const line of text.replace(/\r?\n$/, '').split(/\r?\n/)) console.log(prefix + visible(line))
  //<
}
