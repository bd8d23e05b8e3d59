// Every application answers every route. No server is involved: the body of a request comes from memory, which is how
// forms and uploads are tried before there is a `wsgi.input` that reads from a socket.

import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi, type TestContext } from 'vitest'
import { mount } from '#server/05-framework-apps/mount.ts'
import { loadApplication } from '#server/05-framework-apps/server.ts'
import { callApplication, environFor } from '#given/kit/application/call.ts'
import type { Application, Body } from '#wsgi'
import type { Loaded } from '../loaded.ts'
import { readyPython } from '../python/setup/environment.ts'
import { lacking, routes, sites, type Route, type Site } from '../routes.ts'

const apps = fileURLToPath(new URL('../apps', import.meta.url))
const stream = routes.find((route) => route.streams !== undefined)

// Frameworks tell of the route that fails on purpose.
vi.spyOn(console, 'error').mockImplementation(() => {})

for (const site of sites) {
  test(`${site.name} answers every route`, async (context) => {
    const application = await load(site, context)
    for (const route of routes) {
      const { status, headers, body } = await callApplication(application, environOf(route))
      const answer = { status: Number(status.slice(0, 3)), headers, body }
      const facts = route.facts(site)
      expect(lacking(answer, facts), `${route.name}: ${route.method} ${route.target}`).toBeUndefined()
    }
  })

  test(`${site.name} gives the first piece of a stream before its last is made`, async (context) => {
    if (stream?.streams === undefined) throw new Error('No route streams.')
    const application = await load(site, context)
    const body = await application(environOf(stream), () => async () => {})
    const chunks = await chunksOf(body)
    expect(chunks[0]).toContain(stream.streams.first)
    expect(chunks[0]).not.toContain(stream.streams.last)
  })
}

for (const site of sites.filter(({ name }) => /^(?:wsgi|own|flask|pyramid|django)app$/.test(name))) {
  test(`${site.name} writes its links for where it is mounted`, async (context) => {
    const application = mount({ '/below': await load(site, context) })
    const { headers } = await callApplication(application, environFor({ target: '/below/redirect' }))
    const location = new Headers(headers).get('Location') ?? ''
    expect(new URL(location, 'http://127.0.0.1:8888').href).toBe('http://127.0.0.1:8888/below/hello')
  })
}

const loading = new Map<string, Promise<Loaded>>()
afterAll(async () => {
  for (const loaded of loading.values()) await loaded.then(({ close }) => close())
})

/** Each application is loaded once: a framework that was closed may not open again. */
async function load({ file, style }: Site, { skip }: TestContext): Promise<Application> {
  if (style === 'Python') {
    const ready = readyPython()
    if ('missing' in ready && process.env['CI']) throw new Error(ready.missing)
    if ('missing' in ready) skip(`not run: no Python. ${ready.missing}`)
  }
  const loaded = loading.get(file) ?? loadApplication(`${join(apps, file)}:app`)
  loading.set(file, loaded)
  return (await loaded).application
}

function environOf({ method, target, headers = [], body }: Route) {
  return environFor({ method, target, headers, ...(body && { body }) })
}

async function chunksOf(body: Body): Promise<string[]> {
  const chunks: string[] = []
  try {
    for await (const chunk of body) if (chunk.length > 0) chunks.push(Buffer.from(chunk).toString())
  } finally {
    await body.close?.()
  }
  return chunks
}
