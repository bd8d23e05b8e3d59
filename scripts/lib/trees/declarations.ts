// Finds a function, a class or a constant in a source by its name, with its docstring, and says how long functions are.
// A source that does not parse has none.
import { parseSync, Visitor, type ESTree } from 'rolldown/utils'

/** The first and the last line, from 0. */
export interface Extent {
  begin: number
  end: number
}

export interface Declaration extends Extent {
  name: string
  text: string
  /** Of a class, by name: `#reply` for a private one. */
  members: Map<string, Extent>
}

/** All functions, classes and constants at the outermost level, in order. */
export function declarationsOf(source: string): Declaration[] {
  const lines = source.split('\n')
  return programOf(source).body.flatMap((statement) => {
    const node = 'declaration' in statement && statement.declaration ? statement.declaration : statement
    const name = nameOf(node)
    if (name === undefined) return []
    const extent = extentOf(statement, source)
    const text = lines.slice(docstringAbove(extent.begin, lines), extent.end + 1).join('\n')
    return [{ name, text, members: membersOf(node, source), ...extent }]
  })
}

/** One declaration; `Class.method` and a bare method name give the class that holds it. */
export function findDeclaration(source: string, name: string): Declaration | undefined {
  const all = declarationsOf(source)
  const [outer = name] = name.split('.')
  return (
    all.find((declaration) => declaration.name === outer) ??
    all.find(({ members }) => members.has(outer) || members.has(`#${outer}`))
  )
}

/** Where a function, a class, a constant or a method stands. The class may have another name by now. */
export function placeOf(source: string, name: string): Extent | undefined {
  const [outer = name, method] = name.split('.')
  const holder = findDeclaration(source, outer) ?? findDeclaration(source, method ?? outer)
  if (!holder || holder.name === name) return holder
  const member = method ?? outer
  return holder.members.get(member) ?? holder.members.get(`#${member}`) ?? holder
}

export interface FunctionSize {
  /** The line on which its body opens, from 1. */
  line: number
  /** From that line to the closing brace. */
  length: number
}

/** Every function with a body in braces, those inside others too. */
export function functionsOf(source: string): FunctionSize[] {
  const found: FunctionSize[] = []
  const measure = ({ body }: ESTree.Function | ESTree.ArrowFunctionExpression) => {
    if (body?.type !== 'BlockStatement') return
    const first = lineAt(source, body.start)
    found.push({ line: first + 1, length: lineAt(source, body.end) - first + 1 })
  }
  const kinds = {
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }
  new Visitor(kinds).visit(programOf(source))
  return found
}

function programOf(source: string): ESTree.Program {
  return parseSync('source.ts', source).program
}

/** A statement at the outermost level, without its `export`. */
type Statement = ESTree.Program['body'][number] | ESTree.ExportDefaultDeclaration['declaration']

function nameOf(node: Statement): string | undefined {
  if (node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction') return node.id?.name
  if (node.type === 'ClassDeclaration') return node.id?.name
  const id = node.type === 'VariableDeclaration' ? node.declarations[0]?.id : undefined
  return id?.type === 'Identifier' ? id.name : undefined
}

function membersOf(node: Statement, source: string): Map<string, Extent> {
  const members = node.type === 'ClassDeclaration' ? node.body.body : []
  const named = members.flatMap((member): [string, Extent][] => {
    if (!('key' in member) || !('name' in member.key) || typeof member.key.name !== 'string') return []
    const sign = member.key.type === 'PrivateIdentifier' ? '#' : ''
    return [[sign + member.key.name, extentOf(member, source)]]
  })
  return new Map(named)
}

function extentOf({ start, end }: ESTree.Span, source: string): Extent {
  return { begin: lineAt(source, start), end: lineAt(source, end) }
}

/** From 0. */
function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length - 1
}

function docstringAbove(start: number, lines: string[]): number {
  let first = start
  while (/^(?:\/\/|\/\*\*| \*)/.test(lines[first - 1] ?? '')) first -= 1
  return first
}
