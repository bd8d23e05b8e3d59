// The solutions are the only hand-written tree. What stands between `//>` and `//<` is the learner's part:
// `deriveStarter` replaces it with its TODO, `stripMarkers` gives the code as a learner would have written it.

const OPEN = /^(\s*)\/\/>(?: (.*))?$/
const CALL = /^\s*todo\(\d/
const CLOSE = /^\s*\/\/<\s*$/
/** `1.4` is a move with a call, `1.4+` a later move that touches the same place, `1.S` belongs to strict. */
const NUMBERED = /^(\d+)\.(\d+|S)(\+?) (.+)$/

interface Region {
  indent: string
  /** The texts after `//> `. */
  notes: string[]
  code: string[]
  /** Where the region opens, as `file:line`. */
  place: string
}

type Part = string | Region

/** A solution's source without its marker lines. */
export function stripMarkers(source: string, file: string): string {
  const lines = split(source, file).flatMap((part) => (typeof part === 'string' ? [part] : part.code))
  return tidy(lines)
}

/** What a learner starts from: each region gives way to its TODO comments and, for a core move, a call. */
export function deriveStarter(source: string, file: string): string {
  const lines = split(source, file).flatMap((part) => (typeof part === 'string' ? [part] : writeTodo(part)))
  return tidy(lines.some((line) => CALL.test(line)) ? importTodo(lines) : lines)
}

function split(source: string, file: string): Part[] {
  const parts: Part[] = []
  let region: Region | undefined
  for (const [index, line] of source.split(/\r?\n/).entries()) {
    const place = `${file}:${index + 1}`
    const open = OPEN.exec(line)
    if (CLOSE.test(line)) {
      if (!region) throw new Error(`${place}: "//<" closes a region that no "//>" has opened.`)
      parts.push(region)
      region = undefined
    } else if (open) {
      const [, indent = '', note = ''] = open
      region = addNote(region, { indent, notes: [note.trim()], code: [], place })
    } else if (region) {
      region.code.push(line)
    } else {
      parts.push(line)
    }
  }
  if (region)
    throw new Error(`${region.place}: the region that opens here is never closed: write "//<" below it.`)
  return parts
}

function addNote(region: Region | undefined, opened: Region): Region {
  const { notes, place } = opened
  if (notes[0] === '') throw new Error(`${place}: "//>" needs a text, or a dash when nothing shall be said.`)
  if (!region) return opened
  if (region.code.length > 0)
    throw new Error(`${place}: regions do not nest; the one opened at ${region.place} needs its "//<" first.`)
  region.notes.push(...notes)
  return region
}

function writeTodo({ indent, notes, place }: Region): string[] {
  if (notes[0] === '-') {
    if (notes.length > 1) throw new Error(`${place}: a region with a dash vanishes without a word.`)
    return []
  }
  const lines: string[] = []
  let call: string | undefined
  for (const note of notes) {
    const [, step, move, later, text] = NUMBERED.exec(note) ?? []
    if (!step && lines.length === 0)
      throw new Error(`${place}: the first line of a TODO begins with its number.`)
    if (!step) lines.push(`${indent}//   ${note}`)
    else lines.push(`${indent}// TODO ${move === 'S' ? `${step} strict` : `${step}.${move}`}: ${text}`)
    if (!step || move === 'S' || later) continue
    if (call) throw new Error(`${place}: one region, one call: mark the later moves as "${step}.${move}+".`)
    call = `${indent}todo(${step}, ${move})`
  }
  return call ? [...lines, call] : lines
}

/** Puts the import before the others, or after the comment that the file opens with. */
function importTodo(lines: string[]): string[] {
  const statement = `import { todo } from '#given/kit/todo.ts'`
  const opening = lines.findIndex((line) => !line.startsWith('//'))
  const first = lines.findIndex((line, index) => index >= opening && line.trim() !== '')
  const importsFollow = lines[first]?.startsWith('import ') ?? false
  return [...lines.slice(0, opening), '', statement, ...(importsFollow ? [] : ['']), ...lines.slice(first)]
}

/** The solutions are formatted, so blank lines in excess stand only where a region was. */
function tidy(lines: string[]): string {
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/([{([])\n\n/g, '$1\n')
    .replace(/\n\n(\s*[})\]])/g, '\n$1')
    .trim()}\n`
}
