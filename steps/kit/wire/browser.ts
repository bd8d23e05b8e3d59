// A real browser, where one is installed: it loads a page without opening a window, and tells what it made of it.

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Failure } from '../failure/failure.ts'

/** How long, in ms, a browser may take to start and to load a page. Mostly it takes less than one second. */
const PATIENCE = 8000

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
)
const WINDOWS = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
  const folder = process.env[variable]
  if (folder === undefined) return []
  return ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((file) =>
    join(folder, file),
  )
})

// Each of these keeps the browser from something that it would do on its own account: a window, a call home.
const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The program of a Chromium, Chrome or Edge; undefined when none is found on the PATH or where they usually are. */
export async function findBrowser(): Promise<string | undefined> {
  const { fs, which } = await import('zx')
  const onPath = await Promise.all(NAMES.map((name) => which(name, { nothrow: true })))
  return onPath.find((path) => path !== null) ?? [...MAC, ...WINDOWS].find((path) => fs.existsSync(path))
}

/** The page at `url` as the browser has it once it is loaded, written down as HTML. */
export async function dumpPage(browser: string, url: string): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'wsgi-workshop-browser-'))
  const words = [...QUIET, `--user-data-dir=${profile}`, `--timeout=${PATIENCE - 1000}`, '--dump-dom', url]
  try {
    const { stdout } = await promisify(execFile)(browser, words, { timeout: PATIENCE, killSignal: 'SIGKILL' })
    return stdout
  } catch (error) {
    throw new Failure(`The browser ${browser} could not load ${url}:\n  ${String(error)}`)
  } finally {
    // The browser's helpers may still be writing here while they end.
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}
