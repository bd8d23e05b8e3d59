// nginx in front of the reference server, with the configuration that is given: what the application answers reaches
// the client as it would without nginx.

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '#given/kit/host/free-port.ts'
import { Host } from '#given/kit/host/host.ts'
import { listensOn } from '#given/kit/host/server.ts'
import { askRoute } from '../ask-route.ts'
import { differenceBetween } from '../compare-answers.ts'
import { lacking, routes, sites } from '../routes.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const configuration = readFileSync(new URL('../nginx/nginx.conf', import.meta.url), 'utf8')
const site = sites[0]

let host: Host | undefined
let nginx: Nginx | undefined
let direct = 0

interface Nginx {
  port: number
  stop(): Promise<void>
}

beforeAll(async () => {
  host = new Host('process')
  direct = await startReference(host)
  nginx = await startNginx(direct)
})

afterAll(async () => {
  await nginx?.stop()
  await host?.end()
})

for (const route of routes.filter(({ needs }) => needs === undefined)) {
  test(`passes ${route.name} through`, async ({ skip }) => {
    if (nginx === undefined && process.env['CI']) throw new Error('Under CI every test runs: install nginx.')
    if (nginx === undefined || site === undefined) return skip('not run: no nginx')
    const through = await askRoute(nginx.port, route)
    expect(differenceBetween(through, await askRoute(direct, route))).toBeUndefined()
    expect(lacking(through, route.facts(site))).toBeUndefined()
    expect(through.inPieces).toBe(route.streams !== undefined)
  })
}

async function startReference(process: Host): Promise<number> {
  const reply = await process.ask('start', {
    server: join(root, 'solutions/05-framework-apps/server.ts'),
    host: '127.0.0.1',
    port: 0,
    application: { file: join(root, 'steps/05-framework-apps/apps', site?.file ?? ''), name: 'app' },
  })
  if (reply instanceof Object && 'port' in reply) return Number(reply.port)
  throw new Error('The reference server has no port.')
}

/** undefined where nginx is not installed. */
async function startNginx(upstream: number): Promise<Nginx | undefined> {
  // Somebody may take the port between our finding it free and nginx's taking it.
  for (let tries = 0; ; tries++) {
    const port = await freePort()
    const folder = mkdtempSync(join(tmpdir(), 'workshop-nginx-'))
    const file = join(folder, 'nginx.conf')
    writeFileSync(file, configuration.replace('8080', String(port)).replace('8888', String(upstream)))
    // One process, and not another user's where we are root.
    const words = ['-e', 'stderr', '-p', folder, '-c', file, '-g', 'master_process off;']
    const child = spawn('nginx', words, { stdio: ['ignore', 'ignore', 'pipe'] })
    const stop = async () => {
      await end(child)
      rmSync(folder, { recursive: true, force: true })
    }
    const outcome = await outcomeOf(child, port)
    if (outcome === 'listens') return { port, stop }
    await stop()
    if (outcome === 'absent') return undefined
    if (tries === 3) throw new Error(`nginx did not start: ${outcome}`)
  }
}

/** `listens`, `absent`, or what nginx had to say when it gave up. */
async function outcomeOf(child: ChildProcess, port: number): Promise<string> {
  const ended = new Promise<string>((resolve) => {
    let printed = ''
    child.stderr?.on('data', (chunk) => (printed += String(chunk)))
    child.once('error', () => resolve('absent'))
    child.once('close', () => resolve(printed.trim()))
  })
  for (;;) {
    const turn = new Promise<undefined>((resolve) => setImmediate(resolve, undefined))
    const outcome = await Promise.race([ended, turn])
    if (outcome !== undefined) return outcome
    if (await listensOn(port)) return 'listens'
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'close')
}
