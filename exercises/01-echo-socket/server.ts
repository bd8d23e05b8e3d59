// Floor 1: a server that says back what it hears.

import { echo } from './echo.ts'
import { listen, type Address, type Listener } from './listener.ts'

export function startServer(address: Address): Promise<Listener> {
  return listen(address, echo)
}
