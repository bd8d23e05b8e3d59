// All lines in one call of console.log.

import { visible } from '#given/02-request-line/report.ts'

export function printLines(prefix: string, text: string): void {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  if (text.endsWith('\n')) lines.pop()
  console.log(lines.map((line) => prefix + visible(line)).join('\n'))
}
