// Runs a program that knows nothing of us, and ends it, with all its processes, when the process that wants it is gone.
// Plain JavaScript, since nothing of it needs to be loaded.
import { spawn } from 'node:child_process'

const { command, words, cwd } = JSON.parse(process.argv[2])
/** Then its processes can be reached together. Windows would open a window for it. */
const isGroup = process.platform !== 'win32'

const child = spawn(command, words, {
  cwd,
  // Python leaves nothing beside the applications.
  env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  detached: isGroup,
  stdio: ['ignore', 'ignore', 'inherit'],
  windowsHide: true,
})
child.once('error', ({ message }) => {
  console.error(message)
  end(1)
})
child.once('exit', (code) => end(code ?? 1))
if (child.pid !== undefined) process.send({ pid: child.pid })

// Ctrl-C reaches every process of the terminal: the one that wants the server decides.
process.on('SIGINT', () => {})
process.on('SIGHUP', () => {})
process.on('disconnect', kill)

function end(code) {
  process.exitCode = code
  if (process.connected) process.disconnect()
}

/** What it has left behind, too. */
function kill() {
  try {
    if (child.pid !== undefined) process.kill(isGroup ? -child.pid : child.pid, 'SIGKILL')
  } catch {
    // It has ended.
  }
}
