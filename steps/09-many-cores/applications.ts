// The applications that this suite runs on the server under test. What one prints, its test may read.

import type { Application } from '#wsgi'

const waiting = new Set<() => void>()
/** Settles when another request asks for /go. */
const untilGo = () => new Promise<void>((resolve) => waiting.add(resolve))

/**
 * Says what it was asked for. At /slow it waits before it begins, at /halfway in the middle of the page, until another
 * request asks for /go. At /timers it says how many timers are set in its thread.
 */
export const waits: Application = async (environ, startResponse) => {
  const path = environ.PATH_INFO
  // Somebody asks for that hundreds of times.
  if (path !== '/timers') console.log(`asked for ${path}`)
  if (path === '/slow') await untilGo()
  if (path === '/go') for (const goOn of waiting) goOn()
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')
  const page = Buffer.from(path === '/timers' ? String(timers.length) : `This is ${path}.\n`)
  startResponse('200 OK', [
    ['Content-Type', 'text/plain'],
    ['Content-Length', String(page.length)],
  ])
  return path === '/halfway' ? inTwoHalves(page) : [page]
}

async function* inTwoHalves(page: Buffer): AsyncGenerator<Buffer> {
  yield page.subarray(0, 4)
  await untilGo()
  yield page.subarray(4)
}
