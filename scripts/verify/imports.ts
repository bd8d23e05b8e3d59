// Checks on who imports whom: nothing imports upwards, no files import each other in a circle, and no room is crowded.
import { dirname, join } from 'node:path/posix'
import { glob } from 'zx'
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
  const ofTrees = [...imports].filter(([file]) => file.startsWith('solutions/'))
  const given = new Set(ofTrees.flatMap(([, targets]) => targets))
  return [...imports].flatMap(([file, targets]) =>
    targets.flatMap((target) => {
      const [from, to] = [placeOf(file), placeOf(target)]
      const broken = Object.entries(RULES).find(([, breaks]) => breaks(from, to, given.has(file)))
      return broken === undefined ? [] : [`${file} imports ${target}: ${broken[0]}`]
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

type Rule = (from: Place, to: Place, isGiven: boolean) => boolean

/** When an import is wrong, by why; the first that fits is told. `isGiven`: the trees import the file. */
const RULES: Record<string, Rule> = {
  'it is neither a floor, given code nor node:': (from, to) =>
    from.top === 'solutions' && !['solutions', 'steps', 'node'].includes(to.top),
  'a step knows no command': (from, to) => from.top === 'steps' && to.top === 'scripts',
  'nothing imports a command': (_from, to) => to.top === 'scripts' && to.room === '',
  'what all commands share knows none of their rooms': (from, to) =>
    from.room === 'lib' && to.top === 'scripts' && to.room !== 'lib',
  'what is given to a floor knows none': (from, to, isGiven) => from.top === 'steps' && isGiven && to.isFloor,
  'it is one of the two trees, and not the one under test': (from, to) =>
    from.top === 'steps' && to.isFloor && !to.isUnderTest,
  'it stands above': (from, to) => from.top !== 'scripts' && to.level > from.level,
}

interface Place {
  /** `steps`, `solutions`, `scripts`; `node` or `package` for what is none of ours. */
  top: string
  /** The folder in it; empty for a file that lies in it directly. */
  room: string
  isFloor: boolean
  /** A floor of whichever tree is meant: `#server/…`. */
  isUnderTest: boolean
  /** The number of the step; the kit and what stands beside it are below all, the proofs know the kit alone. */
  level: number
}

function placeOf(path: string): Place {
  const [first = '', room = '', ...rest] = path.split('/')
  const isUnderTest = first === '#server'
  const isFloor = isUnderTest || first === 'solutions' || first === 'exercises'
  const outside = first.startsWith('node:') ? 'node' : 'package'
  const isOurs = isFloor || first === 'steps' || first === 'scripts'
  return {
    top: isOurs ? first : outside,
    room: rest.length === 0 ? '' : room,
    isFloor,
    isUnderTest,
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
  const files = glob.sync(['scripts/*/**', 'steps/kit/**'], { cwd: root, dot: true }).map(dirname)
  const folders = new Set(files)
  const faults = [...folders].flatMap((folder) => {
    const many = files.filter((one) => one === folder).length
    return many > MOST_FILES ? [`${folder} holds ${many} files; ${MOST_FILES} are the most`] : []
  })
  return finding('no room is crowded', folders.size, 'folders', faults)
}
