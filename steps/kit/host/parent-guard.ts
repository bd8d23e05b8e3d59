// Ends this process when the one that started it is gone, even if its own event loop is frozen by an endless loop:
// the guard is a thread of its own. Without it a frozen test process would outlive its parent at full speed.
import { Worker } from 'node:worker_threads'

// On Windows a process keeps the number of a parent that has ended, so it is also asked whether that one lives.
const guard = `
  const { workerData: parent } = require('node:worker_threads')
  const lives = () => {
    try { return process.kill(parent, 0) } catch (error) { return error.code === 'EPERM' }
  }
  setInterval(() => {
    if (process.ppid !== parent || !lives()) process.kill(process.pid, 'SIGKILL')
  }, 500)
`

export function guardParent(): void {
  new Worker(guard, { eval: true, execArgv: [], workerData: process.ppid, stdin: false }).unref()
}
