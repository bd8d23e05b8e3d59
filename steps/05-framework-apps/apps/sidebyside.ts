// All the applications of this folder behind one server, each below a path of its own: `/flask`, `/hono` …

import { mount, type Mounts } from '#server/05-framework-apps/mount.ts'
import { loadApplication } from '#server/05-framework-apps/server.ts'
import type { Application } from '#wsgi'

const frameworks = ['wsgi', 'own', 'hono', 'express', 'koa', 'fastify', 'flask', 'pyramid', 'django']

/** The page that leads to all others. */
const contents: Application = ({ SCRIPT_NAME: here, PATH_INFO: path }, startResponse) => {
  const isHere = path === '' || path === '/'
  startResponse(isHere ? '200 OK' : '404 Not Found', [['Content-Type', 'text/html; charset=utf-8']])
  const links = frameworks.map((name) => `<li><a href="${here}/${name}/hello">${name}</a>`)
  return [Buffer.from(isHere ? `<!doctype html>\n<ul>\n${links.join('\n')}\n</ul>\n` : 'No such page.\n')]
}

/** Loads an application for its first request: Django takes a second, and not everybody has Python. */
function loadedWhenAsked(words: string): Application {
  let loading: ReturnType<typeof loadApplication> | undefined
  return async (environ, startResponse) => {
    loading ??= loadApplication(words)
    const { application } = await loading
    return application(environ, startResponse)
  }
}

const mounts: Mounts = { '': contents }
for (const name of frameworks) mounts[`/${name}`] = loadedWhenAsked(`${name}app:app`)

export const app = mount(mounts)
