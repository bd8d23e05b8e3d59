// A small site in nothing but WSGI: an application is a function, and so is each of its pages.

import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Application, Environ, Header } from '#wsgi'

const TEXT: Header = ['Content-Type', 'text/plain; charset=utf-8']

export const app: Application = async (environ, startResponse) => {
  try {
    return await pageFor(environ)(environ, startResponse)
  } catch (error) {
    console.error(error)
    startResponse('500 Internal Server Error', [TEXT], error)
    return [Buffer.from('Something went wrong.\n')]
  }
}

function pageFor({ REQUEST_METHOD: method, PATH_INFO: path }: Environ): Application {
  const page = path.startsWith('/path/') ? '/path/' : path
  return pages[`${method === 'HEAD' ? 'GET' : method} ${page}`] ?? notFound
}

const pages: Record<string, Application> = {
  'GET /hello': text(() => 'Hello world from WSGI!\n'),
  'POST /form': text(async ({ 'wsgi.input': input }) => {
    const form = new URLSearchParams(String(await input.read()))
    return `${form.get('name')} lives in ${form.get('city')}.\n`
  }),
  'POST /upload': text(async ({ 'wsgi.input': input }) => {
    const digest = createHash('sha256')
    for (let piece = await input.read(65_536); piece.length > 0; piece = await input.read(65_536))
      digest.update(piece)
    return `${digest.digest('hex')}\n`
  }),
  'GET /cookies': (environ, startResponse) => {
    startResponse('200 OK', [TEXT, ['Set-Cookie', 'fruit=apple'], ['Set-Cookie', 'colour=green']])
    return [Buffer.from('Two cookies.\n')]
  },
  'GET /stream': (environ, startResponse) => {
    startResponse('200 OK', [TEXT])
    return count()
  },
  'GET /redirect': ({ SCRIPT_NAME: here }, startResponse) => {
    startResponse('302 Found', [TEXT, ['Location', `${here}/hello`]])
    return [Buffer.from('This way.\n')]
  },
  'GET /fail': () => {
    throw new Error('This page fails on purpose.')
  },
  // PATH_INFO's code units are bytes; they go back as they came.
  'GET /path/': text(({ PATH_INFO: path }) => Buffer.from(`${path.slice('/path/'.length)}\n`, 'latin1')),
  'GET /query': text(({ QUERY_STRING: query }) => {
    const names = new URLSearchParams(query).getAll('name')
    return names.map((name) => `${name}\n`).join('')
  }),
}

const notFound: Application = (environ, startResponse) => {
  startResponse('404 Not Found', [TEXT])
  return [Buffer.from('There is no such page.\n')]
}

type Write = (environ: Environ) => string | Buffer | Promise<string | Buffer>

/** A page of text. */
function text(write: Write): Application {
  return async (environ, startResponse) => {
    const body = Buffer.from(await write(environ))
    startResponse('200 OK', [TEXT, ['Content-Length', String(body.length)]])
    return [body]
  }
}

async function* count() {
  for (const number of ['one\n', 'two\n', 'three\n']) {
    yield Buffer.from(number)
    await pause(50)
  }
}
