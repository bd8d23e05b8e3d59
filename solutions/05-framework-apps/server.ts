// Floor 5: the server of floor 4, to the byte. New is only where its application comes from.

import { loadApplication as load, type LoadOptions } from '#given/05-framework-apps/load-application.ts'
import type { Loaded } from '#given/05-framework-apps/loaded.ts'
import { fetchApplication } from './fetch-style.ts'

export { startServer, type ServerOptions } from '../04-start-response/server.ts'

/** The application that `module:callable` names, whatever it was written with. Rejects with a LoadError. */
export function loadApplication(words: string, options?: LoadOptions): Promise<Loaded> {
  return load(words, fetchApplication, options)
}
