// An environ as a plain table, for curl and a browser alike. Given whole.

import { inspect } from 'node:util'
import type { Environ } from '#wsgi'

/** One line a key, in the order of the environ: `PATH_INFO          /hello`. Text, every code unit one byte. */
export function environTable(environ: Environ): string {
  const entries = Object.entries(environ)
  const width = Math.max(...entries.map(([key]) => key.length))
  return entries.map(([key, value]) => `${key.padEnd(width)}  ${show(key, value)}\n`).join('')
}

function show(key: string, value: unknown): string {
  if (key === 'wsgi.input' || key === 'wsgi.errors') return '(a stream)'
  if (typeof value !== 'string') return inspect(value, { breakLength: Infinity })
  return value.replace(/[^\x20-\x7e]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`)
}
