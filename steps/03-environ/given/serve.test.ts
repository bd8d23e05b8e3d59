// `npm run serve 3`, as a person uses it: the address that it listens on, and how it ends.

import { networkInterfaces, tmpdir } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { ServeCommand } from '#given/kit/host/serve-command.ts'

const running: ServeCommand[] = []
afterEach(async () => {
  for (const serving of running.splice(0)) {
    serving.signal('SIGKILL')
    await serving.ended
  }
})

function serve(...words: string[]): ServeCommand {
  const serving = new ServeCommand(tmpdir(), ['3', 'solution', ...words])
  running.push(serving)
  return serving
}

// Windows has signals in name only: there a signal ends a process at once.
const withSignals = test.skipIf(process.platform === 'win32')
const addresses = Object.values(networkInterfaces()).flatMap((ofOne) => ofOne ?? [])
const withIpv6 = test.skipIf(!addresses.some(({ address }) => address === '::1'))

withSignals.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a %s stops it in the same way', async (name) => {
  const serving = serve()
  await serving.port()
  serving.signal(name)
  expect(await serving.ended).toBe(0)
  expect(serving.output).toMatch(/\nStopping\.\n$/)
})

const SERVING = /^Serving step 3 at (http:\S+) \(Ctrl-C stops it\)$/m

test('with host=0.0.0.0 the URL is one that can be typed, and a sentence warns', async () => {
  const serving = serve('host=0.0.0.0')
  const url = await serving.prints(SERVING)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  expect((await fetch(url)).status).toBe(200)
  await serving.prints(/^Careful: anyone on the network can reach this server/m)
})

withIpv6.each(['::1', '[::1]'])('with host=%s the URL has brackets, and nobody is warned', async (host) => {
  const serving = serve(`host=${host}`)
  const url = await serving.prints(SERVING)
  expect(url).toMatch(/^http:\/\/\[::1\]:\d+\/$/)
  expect((await fetch(url)).status).toBe(200)
  expect(serving.output).not.toContain('Careful')
})

test('what is no address is refused', async () => {
  const servings = ['', 'foo', '256.1.1.1', 'http://localhost', 'fe80::1%lo'].map((host) =>
    serve(`host=${host}`),
  )
  for (const serving of servings) {
    expect(await serving.ended).toBe(2)
    expect(serving.output).toMatch(
      /^host= is an address of this machine, such as .+: npm run serve 3 host=\S+\n$/,
    )
  }
})

test('an address that this machine has not is refused', async () => {
  // RFC 5737: addresses for documentation, which nobody has.
  const serving = serve('host=203.0.113.1')
  expect(await serving.ended).toBe(2)
  expect(serving.output).toMatch(/^This machine has no address 203\.0\.113\.1: .+\n$/)
})
