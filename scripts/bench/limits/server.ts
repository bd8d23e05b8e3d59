// The server that `npm run bench limits` measures, in a process of its own.
import { fileURLToPath } from 'node:url'
import { MeasuredHost } from '../../attack/measured-host.ts'
import type { Step } from '../../lib/catalogue.ts'

/** What is measured, and what a measurement may do. */
export interface Target {
  step: Step
  /** The path of its server.ts. */
  server: string
  isSolution: boolean
  /** Aborted when a measurement is over or has taken too long: then nothing of it may go on. */
  over: AbortSignal
  /** Says in a sentence what this machine did not allow. */
  note: (sentence: string) => void
}

const application = {
  file: fileURLToPath(new URL('../servers/application.ts', import.meta.url)),
  name: 'app',
}
export const MB = 2 ** 20

export interface Started {
  host: MeasuredHost
  port: number
}

/** It ends when the measurement is over. */
export async function start({ server, over }: Target, limits: Record<string, number> = {}): Promise<Started> {
  const host = new MeasuredHost()
  over.addEventListener('abort', () => void host.end())
  return { host, port: await host.start({ server, limits, application }) }
}
