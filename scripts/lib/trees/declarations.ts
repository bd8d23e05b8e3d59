// Finds a function, a class or a constant in a source by its name, with its docstring, and says how long functions are.
// A source that does not parse has none.
import { parseSync, Visitor, type ESTree } from 'vite'

export interface Declaration {
  name: string
  text: string
  /** Of a class: `#reply` for a private one. */
  members: string[]
}

/** All functions, classes and constants at the outermost level, in order. */
export function declarationsOf(source: string): Declaration[] {
  const lines = source.split('\n')
  return programOf(source).body.flatMap((statement) => {
    const declared = declaredBy(statement)
    if (!declared) return []
    const first = docstringAbove(lineAt(source, statement.start), lines)
    return [{ ...declared, text: lines.slice(first, lineAt(source, statement.end) + 1).join('\n') }]
  })
}

/** One declaration; `Class.method` and a bare method name give the class that holds it. */
export function findDeclaration(source: string, name: string): Declaration | undefined {
  const all = declarationsOf(source)
  const [outer = name] = name.split('.')
  return (
    all.find((declaration) => declaration.name === outer) ??
    all.find(({ members }) => members.includes(outer) || members.includes(`#${outer}`))
  )
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

function declaredBy(statement: ESTree.Program['body'][number]): Omit<Declaration, 'text'> | undefined {
  const node = 'declaration' in statement && statement.declaration ? statement.declaration : statement
  if (node.type === 'VariableDeclaration') {
    const [first] = node.declarations
    return first?.id.type === 'Identifier' ? { name: first.id.name, members: [] } : undefined
  }
  if (node.type === 'FunctionDeclaration' || node.type === 'TSDeclareFunction')
    return node.id ? { name: node.id.name, members: [] } : undefined
  if (node.type !== 'ClassDeclaration') return undefined
  return node.id ? { name: node.id.name, members: node.body.body.flatMap(memberName) } : undefined
}

function memberName(member: ESTree.ClassElement): string[] {
  if (!('key' in member)) return []
  if (member.key.type === 'PrivateIdentifier') return [`#${member.key.name}`]
  return member.key.type === 'Identifier' ? [member.key.name] : []
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
