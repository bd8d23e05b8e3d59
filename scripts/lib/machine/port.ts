// The port that was asked for, and whether it can be had: asked by trying.
import { createServer } from 'node:net'
import { Refusal, Usage } from '../words.ts'

const USUAL_PORT = 8888
export const USUAL_HOST = '127.0.0.1'

/** What keeps a server from listening on this port; undefined when nothing does. */
export async function portFault(port: number, host = USUAL_HOST): Promise<NodeJS.ErrnoException | undefined> {
  const probe = createServer()
  const fault = await new Promise<NodeJS.ErrnoException | undefined>((settle) => {
    probe.once('error', settle)
    probe.listen(port, host, () => settle(undefined))
  })
  if (!fault) await new Promise((closed) => probe.close(closed))
  return fault
}

/** The port in `text`. `line` is the command, to which `port=8000` can be added. Throws a Usage. */
export function portFrom(text: string | undefined, line: string): number {
  if (text === undefined) return USUAL_PORT
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new Usage(`A port is a number from 0 to 65535, not "${text}": ${line} port=8000`)
}

/** Throws a Refusal unless the port can be had. `line` is the command, to which another port can be added. */
export async function refuseTakenPort(port: number, line: string, host = USUAL_HOST): Promise<void> {
  const fault = await portFault(port, host)
  if (!fault) return
  if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(fault.code ?? ''))
    throw new Usage(`This machine has no address ${host}: say host=0.0.0.0 for all that it has.`)
  const known: Record<string, string> = {
    EADDRINUSE: 'is taken. Stop the program that has it, or',
    EACCES: 'is not for ordinary users;',
  }
  const why = known[fault.code ?? ''] ?? `cannot be had (${fault.message});`
  const another = port === USUAL_PORT ? 8889 : USUAL_PORT
  throw new Refusal(`Port ${port} ${why} choose another: ${line} port=${another}`)
}
