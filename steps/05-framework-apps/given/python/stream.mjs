// Streams a gigabyte through the Python bridge, in a process of its own, and prints how far the memory of both processes
// grew: `node stream.mjs upload|download INTERPRETER-AND-MODULE`.

import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { register } from 'tsx/esm/api'

register()
const { callApplication, environFor } = await import('../../../kit/application/call.ts')
const { loadPython } = await import('../../python/python-style.ts')

const SIZE = 1 << 30
const PIECE = Buffer.alloc(1 << 16, 'u')

const [, , what, words] = process.argv
const [python, module] = JSON.parse(words)
const { application, close } = await loadPython(module, { processes: 1, python })
const asked = await callApplication(application, environFor({ target: '/pid' }))
const pid = Number(String(asked.body).split(' ')[0])

/** The memory, in bytes, of this process and of Python. */
async function memory() {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', `${process.pid},${pid}`])
  const lines = stdout.trim().split('\n')
  return lines.map((kilobytes) => Number(kilobytes) * 1024)
}

async function* pieces(size) {
  for (let sent = 0; sent < size; sent += PIECE.length) yield PIECE
}

async function upload(size) {
  const environ = environFor({ method: 'POST', target: '/count', body: pieces(size) })
  environ.CONTENT_LENGTH = String(size)
  const { body } = await callApplication(application, environ)
  return Number(String(body))
}

/** The client takes some megabytes, and then nothing for a while. */
async function download(size) {
  const response = await application(environFor({ target: `/zeros?${size}` }), () => async () => {})
  let taken = 0
  for await (const chunk of response) {
    taken += chunk.length
    if (taken % (1 << 24) < chunk.length) await pause(20)
  }
  await response.close()
  return taken
}

const stream = what === 'upload' ? upload : download
await stream(SIZE / 16)
const before = await memory()
const most = [...before]
const watch = (async () => {
  for (;;) {
    const now = await memory()
    now.forEach((size, at) => (most[at] = Math.max(most[at], size)))
    if (finished) return
    await pause(50)
  }
})()
let finished = false
const began = performance.now()
const passed = await stream(SIZE)
const seconds = (performance.now() - began) / 1000
finished = true
await watch
await close()
console.log(JSON.stringify({ passed, seconds, growth: most.map((size, at) => size - before[at]) }))
