// The Python bridge: a gigabyte either way, with flat memory in both processes.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { interpreter, moduleNamed, pythonTest } from './cases.ts'

const MEGABYTE = 1 << 20
const script = fileURLToPath(new URL('stream.mjs', import.meta.url))

for (const way of ['upload', 'download']) {
  pythonTest(`1 GB of ${way} keeps both processes within 64 MB of where they were`, async (context) => {
    if (process.platform === 'win32') return context.skip('not run: no ps to measure memory with')
    const words = [script, way, JSON.stringify([await interpreter(), moduleNamed('cases')])]
    const { stdout } = await promisify(execFile)(process.execPath, words)
    const { passed, growth } = JSON.parse(stdout)
    expect(passed).toBe(1024 * MEGABYTE)
    for (const bytes of growth) expect(bytes).toBeLessThan(64 * MEGABYTE)
  })
}
