// Loaded into a test process that waits for its run (see scripts/lib/suites/forks.ts): starts the thread that servers run
// in, and tsx in it, ahead of time. That is most of what a test run waits for. host.ts takes it.

import { Worker } from 'node:worker_threads'

globalThis.workshopSpareThread = new Worker(new URL('server-host.mjs', import.meta.url), { execArgv: [] })
// It must not keep alive a process that nobody needs any more.
globalThis.workshopSpareThread.unref()
