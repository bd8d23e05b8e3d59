// Whatever `npm run bench` has started ends when it does, however that comes about.
import type { ChildProcess } from 'node:child_process'

const all = new Set<ChildProcess>()

/** Has a program end when we do. */
export function endsWithUs<T extends ChildProcess>(child: T): T {
  all.add(child)
  child.once('exit', () => all.delete(child))
  return child
}

/** Whatever ends this process ends the servers: their guards see to it. Gives what takes that back. */
export function endWithUs(): () => void {
  const handlers = { SIGINT: exitWith(130), SIGTERM: exitWith(143), SIGHUP: exitWith(129) }
  for (const [signal, handler] of Object.entries(handlers)) process.on(signal, handler)
  // A signal to npm ends npm, and never reaches us.
  const parent = process.ppid
  const guard = setInterval(() => process.ppid !== parent && handlers.SIGTERM(), 500)
  return () => {
    clearInterval(guard)
    for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler)
  }
}

function exitWith(code: number): () => void {
  return () => {
    for (const child of all) leave(child)
    process.exit(code)
  }
}

/** Those that have a channel to us end when it does: servers that we have written, and guards. */
export function leave(child: ChildProcess): void {
  if (child.connected) child.disconnect()
  else child.kill('SIGKILL')
}
