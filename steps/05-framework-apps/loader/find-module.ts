// Takes `module:callable` apart, and finds the file that the module is.

import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, parse, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listed, nearest } from '#given/kit/failure/nearest.ts'
import { LoadError } from '../load-error.ts'

/** A module's file may be named without its ending. They are tried in this order. */
const ENDINGS = ['.ts', '.js', '.mjs', '.py']
/** The file that stands for its folder. */
const MAIN_FILES = ['index.ts', 'index.js', '__init__.py']

const apps = fileURLToPath(new URL('../apps', import.meta.url))

export interface FoundModule {
  /** An absolute path. */
  file: string
  isPython: boolean
  /** The place in which a Python module was found by its dotted name, such as `helloworld.wsgi`. */
  dotted?: { place: string; name: string }
  /** What else the same word could mean, each as one would have to say it: `mine.py`. */
  others?: string[]
}

/** `flaskapp:app` is the callable `app` of the module `flaskapp`. Throws a LoadError. */
export function splitWords(words: string): { module: string; callable: string } {
  // The colon in C:\apps\site.ts is part of the path.
  const drive = /^[a-z]:(?=[\\/])/i.exec(words)?.[0] ?? ''
  const colon = words.lastIndexOf(':')
  const isThere = colon >= drive.length
  const module = isThere ? words.slice(0, colon) : words
  const callable = isThere ? words.slice(colon + 1) : ''
  if (module !== '' && callable !== '') return { module, callable }
  const example = module === '' ? 'honoapp:app' : `${module}:app`
  throw new LoadError(`Provide a WSGI application object as module:callable, for example ${example}`)
}

/** Where the learner stands (npm itself always stands at the root), then where the given applications are. */
export function usualPlaces(): string[] {
  return [process.env['INIT_CWD'] ?? process.cwd(), apps]
}

/** `module` is a path, absolute or from one of the places, or the dotted name of a Python module. */
export function findModule(module: string, places: string[]): FoundModule {
  for (const place of places) {
    const path = resolve(place, module)
    const files = filesAt(path)
    const others = files.slice(1).map((file) => module + file.slice(path.length))
    const found = moduleIn(files) ?? byDottedName(module, place)
    if (found !== undefined) return others.length === 0 ? found : { ...found, others }
  }
  throw new LoadError(notFound(module, places))
}

/** Which file `words` were taken for, and how to say the others; undefined where there is no other. */
export function choiceOf(words: string, { file, others = [] }: FoundModule): string | undefined {
  if (others.length === 0) return undefined
  const { callable } = splitWords(words)
  const said = listed(others.map((other) => `${other}:${callable}`))
  return `${words} is taken from ${basename(file)}. For the other file of that name, say ${said}.`
}

function filesAt(path: string): string[] {
  const files = hasEnding(path) ? [path] : ENDINGS.map((ending) => path + ending)
  return [...files, ...MAIN_FILES.map((main) => join(path, main))].filter(isFile)
}

function moduleIn([file]: string[]): FoundModule | undefined {
  return file === undefined ? undefined : { file, isPython: file.endsWith('.py') }
}

function hasEnding(path: string): boolean {
  return /\.(?:[cm]?[jt]sx?|py)$/.test(path)
}

function byDottedName(name: string, place: string): FoundModule | undefined {
  if (!/^\w+(?:\.\w+)+$/.test(name)) return undefined
  const found = moduleIn(filesAt(join(place, ...name.split('.'))))
  return found?.isPython ? { ...found, dotted: { place, name } } : undefined
}

/** A path as one would say it: short where it lies below the folder that the process stands in. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path)
  return (fromHere.startsWith('..') ? path : fromHere || 'this folder').replaceAll('\\', '/')
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function notFound(module: string, places: string[]): string {
  const folders = [...new Set(places.map((place) => dirname(resolve(place, module))))]
  const known = [...new Set(folders.flatMap(modulesIn))].toSorted()
  const { name } = parse(module)
  const near = nearest(name, known) ?? known.find((one) => one.startsWith(name))
  const others = known.length === 0 ? '' : ` To be found there: ${known.join(', ')}.`
  const endings = hasEnding(module) ? '' : ` (${listed(ENDINGS)})`
  const where = `${basename(module)}${endings} in ${listed(folders.map(shownPath))}`
  return `There is no module ${where}.${near === undefined ? others : ` Did you mean ${near}?`}`
}

function modulesIn(folder: string): string[] {
  try {
    const files = readdirSync(folder).filter((file) => ENDINGS.includes(parse(file).ext))
    return files.map((file) => parse(file).name).filter((name) => /^\w[\w-]*$/.test(name))
  } catch {
    return []
  }
}
