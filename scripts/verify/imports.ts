// Checks on who imports whom: nothing imports upwards, no files import each other in a circle, and no room is crowded.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { root } from '../lib/catalogue.ts'
import { importsOf } from '../lib/trees/modules.ts'
import { sources } from './files.ts'
import { finding, type Finding } from './finding.ts'

/** The most files that a folder of tools may hold; scripts/ itself has one for each command. */
const MOST_FILES = 20
/** These stand for files of solutions/, and import as if they stood there. */
const IN_PLACE = /^steps\/proof\/[^/]+\/alternatives\/[^/]+\//

/** By file, from the root: what it imports, as a path from the root or as it is written. */
type Imports = Map<string, string[]>

export function checkImports(): Finding[] {
  const imports = readImports()
  return [
    finding('no import runs upwards', imports.size, 'files', upwardsIn(imports)),
    finding('no import runs in a circle', imports.size, 'files', circlesIn(imports)),
  ]
}

/** What no file may import, a line for each. */
export function upwardsIn(imports: Imports): string[] {
  const given = new Set(targetsOf(imports, 'solutions/'))
  return [...imports].flatMap(([file, targets]) =>
    targets.flatMap((target) => {
      const fault = faultOf(file, target, given)
      return fault === undefined ? [] : [`${file} imports ${target}: ${fault}`]
    }),
  )
}

function readImports(): Imports {
  const files = sources().filter((file) => !IN_PLACE.test(file))
  return new Map(files.map((file) => [file, importsOf(join(root, file)).map((to) => resolve(file, to))]))
}

/** `#server/…` stays as it is: it is a floor of either tree. */
function resolve(file: string, target: string): string {
  if (target === '#wsgi') return 'steps/wsgi.ts'
  if (target.startsWith('#given/')) return `steps/${target.slice('#given/'.length)}`
  return target.startsWith('.') ? join(dirname(file), target) : target
}

function targetsOf(imports: Imports, top: string): string[] {
  return [...imports].flatMap(([file, targets]) => (file.startsWith(top) ? targets : []))
}

/** Why `file` may not import this. `given`: the files of steps/ that the trees import. */
function faultOf(file: string, target: string, given: Set<string>): string | undefined {
  if (target.startsWith('node:')) return undefined
  const from = placeOf(file)
  const to = placeOf(target)
  if (from.top === 'solutions' && to.top !== 'solutions' && to.top !== 'steps')
    return 'it is neither a floor, given code nor node:'
  if (from.top === 'steps' && to.top === 'scripts') return 'a step knows no command'
  if (from.top === 'scripts') return faultOfScript(file, from.room, to)
  if (to.isFloor && from.top === 'steps') {
    if (given.has(file)) return 'what is given to a floor knows none'
    if (!target.startsWith('#server/')) return 'it is one of the two trees, and not the one under test'
  }
  return to.level > from.level ? 'it stands above' : undefined
}

function faultOfScript(file: string, room: string, to: Place): string | undefined {
  if (to.top !== 'scripts') return undefined
  if (to.room === '') return 'nothing imports a command'
  return room === 'lib' && to.room !== 'lib' ? 'what all commands share knows none of their rooms' : undefined
}

interface Place {
  /** `steps`, `solutions`, `scripts`; `package` for what is none of ours. */
  top: string
  /** The folder in it; empty for a file that lies in it directly. */
  room: string
  isFloor: boolean
  /** The number of the step; the kit and what stands beside it are below all, the proofs know the kit alone. */
  level: number
}

function placeOf(path: string): Place {
  const [top = '', room = '', ...rest] = path.replace('#server/', 'exercises/').split('/')
  const isOurs = ['steps', 'solutions', 'exercises', 'scripts'].includes(top)
  const isFloor = top === 'solutions' || top === 'exercises'
  return {
    top: isOurs ? top : 'package',
    room: rest.length === 0 ? '' : room,
    isFloor,
    level: Number.parseInt(room, 10) || 0,
  }
}

/** Files that import each other, directly or not, and rooms of scripts/ that do: each circle once, in a line. */
export function circlesIn(imports: Imports): string[] {
  const rooms: Imports = new Map()
  for (const [file, targets] of imports) {
    const { top, room } = placeOf(file)
    if (top !== 'scripts' || room === '') continue
    const others = targets.map(placeOf).filter((to) => to.top === 'scripts' && to.room !== room)
    rooms.set(room, [...(rooms.get(room) ?? []), ...others.map((to) => to.room)])
  }
  return [...circlesOf(imports), ...circlesOf(rooms).map((circle) => `in scripts/: ${circle}`)]
}

function circlesOf(graph: Imports): string[] {
  const done = new Set<string>()
  const path: string[] = []
  const found: string[] = []
  const visit = (node: string): void => {
    const at = path.indexOf(node)
    if (at !== -1) found.push([...path.slice(at), node].join(' → '))
    if (at !== -1 || done.has(node)) return
    path.push(node)
    for (const next of graph.get(node) ?? []) visit(next)
    path.pop()
    done.add(node)
  }
  for (const node of graph.keys()) visit(node)
  return found
}

export function checkRooms(): Finding {
  const folders = new Map<string, number>()
  for (const top of ['scripts', 'steps/kit'])
    for (const name of readdirSync(join(root, top), { recursive: true, withFileTypes: true })) {
      const folder = name.parentPath.slice(root.length + 1).replaceAll('\\', '/')
      if (name.isFile() && folder !== 'scripts') folders.set(folder, (folders.get(folder) ?? 0) + 1)
    }
  const crowded = [...folders].filter(([, files]) => files > MOST_FILES)
  const faults = crowded.map(
    ([folder, files]) => `${folder} holds ${files} files; ${MOST_FILES} are the most`,
  )
  return finding('no room is crowded', folders.size, 'folders', faults)
}
