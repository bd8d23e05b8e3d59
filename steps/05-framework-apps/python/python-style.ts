// Python style: a WSGI application in Python becomes one here. The server calls it like any other, and cannot tell that
// it lives in another process, in another language.

import type { Application } from '#wsgi'
import type { Loaded } from '../loaded.ts'
import { collect, isWorthCollecting } from './collect.ts'
import { Exchange } from './exchange.ts'
import { Pool } from './pool.ts'
import type { PythonModule } from './process.ts'

export interface PythonOptions {
  /** How many processes. */
  processes: number
  /** The interpreter. */
  python: string
}

/** Rejects with a LoadError when there is no such application. Python has then said why on standard error. */
export async function loadPython(
  module: PythonModule,
  { processes, python }: PythonOptions,
): Promise<Loaded> {
  const pool = new Pool({ python, module, isOneOfSeveral: processes > 1 })
  try {
    await pool.start(processes)
  } catch (error) {
    await pool.close()
    throw error
  }
  return { application: pythonApplication(pool), close: () => pool.close() }
}

function pythonApplication(pool: Pool): Application {
  return (environ, startResponse) => {
    const exchange = new Exchange(environ, startResponse)
    if (isWorthCollecting(environ)) void collectAndSubmit(exchange, pool)
    else pool.submit(exchange)
    return exchange
  }
}

async function collectAndSubmit(exchange: Exchange, pool: Pool): Promise<void> {
  await collect(exchange)
  if (!exchange.isOver) pool.submit(exchange)
}
