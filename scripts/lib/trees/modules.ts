// What a file of the workshop imports and exports, and where it is not valid: read with the parser of vite, which lies in rolldown:
// loaded by itself, it takes a second less.
import { parseSync, Visitor, type ESTree } from 'rolldown/utils'
import { read } from '../read.ts'

export interface Fault {
  /** In the parser's words. */
  message: string
  /** The offset in the text. */
  at: number
}

export interface Exports {
  /** What exists at run time: types vanish. */
  names: string[]
  /** The first error of syntax. The names are not known then. */
  fault: Fault | undefined
}

/** A file that is not there exports nothing. */
export function readExports(path: string): Exports {
  const { module, errors } = parseSync(path, read(path) ?? '')
  const entries = module.staticExports.flatMap((statement) => statement.entries)
  const names = entries.flatMap(({ isType, exportName }) => (isType ? [] : (exportName.name ?? [])))
  const [error] = errors
  return { names, fault: error && { message: error.message, at: error.labels[0]?.start ?? 0 } }
}

/** What a file names in imports and exports, types included, and in calls of `import` with a literal. */
export function importsOf(path: string): string[] {
  const found: string[] = []
  const add = ({ source }: { source: ESTree.Expression | null }) => {
    if (source?.type === 'Literal' && typeof source.value === 'string') found.push(source.value)
  }
  new Visitor({
    ImportDeclaration: add,
    ExportNamedDeclaration: add,
    ExportAllDeclaration: add,
    ImportExpression: add,
    TSImportType: add,
  }).visit(parseSync(path, read(path) ?? '').program)
  return found
}
