// Runs a program that knows nothing of us, and ends it, with all its processes, when the process that wants it is gone:
// a benchmark that is killed leaves no server behind. Plain JavaScript, since nothing of it needs to be loaded.
import { spawn } from 'node:child_process'

const { command, words, cwd, env } = JSON.parse(process.argv[2])
/** ms that it is given to end of its own accord. */
const PATIENCE = 2000
/** Then its processes can be reached together. Windows would open a window for it. */
const isGroup = process.platform !== 'win32'

const child = spawn(command, words, {
  cwd,
  env: { ...process.env, ...env },
  detached: isGroup,
  stdio: ['ignore', 'ignore', 'inherit'],
  windowsHide: true,
})
child.once('error', (error) => leave(error.message))
child.once('exit', (code, signal) => leave(signal ?? `exit code ${code}`))
if (child.pid !== undefined) process.send({ pid: child.pid })

// Ctrl-C reaches every process of the terminal: the one that wants the server decides.
process.on('SIGINT', () => {})
process.on('SIGHUP', () => {})
process.on('disconnect', end)
process.on('message', end)

function end() {
  kill('SIGTERM')
  setTimeout(() => kill('SIGKILL'), PATIENCE)
}

function leave(how) {
  // What it has left behind, too.
  kill('SIGKILL')
  if (process.connected) process.send({ ended: how }, () => process.exit())
  else process.exit()
}

function kill(signal) {
  try {
    if (child.pid !== undefined) process.kill(isGroup ? -child.pid : child.pid, signal)
  } catch {
    // It has ended.
  }
}
