// What floor 8 serves when no application is named: how the server is while others try to bring it down.

import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Application } from '#wsgi'

/** ms between two looks, and for how long a pause is remembered at the least. */
const LOOK = 10
const MEMORY = 10_000

const delay = monitorEventLoopDelay({ resolution: LOOK })
delay.enable()
let began = performance.now()
let before = 0
let answered = 0

export const application: Application = (_environ, startResponse) => {
  startResponse('200 OK', [['Content-Type', 'text/plain; charset=utf-8']])
  return [
    Buffer.from(
      `The server is well.\n` +
        `Answers given: ${++answered}\n` +
        `Memory:        ${Math.round(process.memoryUsage.rss() / 1e6)} MB\n` +
        `Longest pause: ${Math.round(longestPause())} ms in the last seconds\n`,
    ),
  ]
}

/** For how many ms nobody was served, at the longest. */
function longestPause(): number {
  const now = performance.now()
  if (now - began > MEMORY) {
    before = delay.max
    began = now
    delay.reset()
  }
  return Math.max(0, Math.max(before, delay.max) / 1e6 - LOOK)
}
