// The gateway over node:http behind the interface that all our servers have, so that the same host can run it.
import { once } from 'node:events'
import { createGateway } from '#given/05-framework-apps/node/node-gateway.ts'
import type { Application } from '#wsgi'

export async function startServer(options: { host: string; port: number; application: Application }) {
  const server = createGateway(options.application).listen(options.port, options.host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: address instanceof Object ? address.port : 0,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
