// An environ as a plain table, for curl and a browser alike. Given whole.

import { inspect } from 'node:util'
import type { Environ } from '#wsgi'

/** One line a key, in the order of the environ: `PATH_INFO          /hello`. Nothing but ASCII. */
export function environTable(environ: Environ): string {
  const rows = Object.entries(environ).map(([key, value]) => [visible(key), show(key, value)] as const)
  const width = Math.max(...rows.map(([key]) => key.length))
  return rows.map(([key, value]) => `${key.padEnd(width)}  ${value}\n`).join('')
}

/** Text in which every code unit that is not plain ASCII is written out, so that one byte shows as one: `\xe9`. */
export function visible(text: string): string {
  return text.replace(/[^\x20-\x5b\x5d-\x7e]/g, (unit) => {
    const hex = unit.charCodeAt(0).toString(16)
    return hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`
  })
}

function show(key: string, value: unknown): string {
  if (key === 'wsgi.input' || key === 'wsgi.errors') return '(a stream)'
  return typeof value === 'string' ? visible(value) : inspect(value, { breakLength: Infinity })
}
