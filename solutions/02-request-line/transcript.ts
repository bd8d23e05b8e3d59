// What went over the wire, on the terminal: `< ` before each line that came in, `> ` before each that went out.

/** Prints each line of `text` with `prefix` before it. A line ends in CRLF or LF; the end of the last may be missing. */
export function printLines(prefix: string, text: string): void {
  //> 2.2 Cut the text into its lines and print each with the prefix before it.
  //> 2.S No client may move your cursor or fake a line: spell control characters out, as in "\x1b". Those are
  //> the codes below \x20 and from \x7f to \x9f.
  for (const line of text.replace(/\r?\n$/, '').split(/\r?\n/)) {
    // oxlint-disable-next-line no-control-regex
    console.log(prefix + line.replace(/[\x00-\x1f\x7f-\x9f]/g, escape))
  }
  //<
}

//> -
function escape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
//<
