// Whether a port can be had: asked by trying.
import { createServer } from 'node:net'

/** What keeps a server from listening on this port of 127.0.0.1; undefined when nothing does. */
export async function portFault(port: number): Promise<NodeJS.ErrnoException | undefined> {
  const probe = createServer()
  const fault = await new Promise<NodeJS.ErrnoException | undefined>((settle) => {
    probe.once('error', settle)
    probe.listen(port, '127.0.0.1', () => settle(undefined))
  })
  if (!fault) await new Promise((closed) => probe.close(closed))
  return fault
}
