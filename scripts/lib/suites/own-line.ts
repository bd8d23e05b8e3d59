// Finds the learner's own line in an error: in its stack, or, for a syntax error, in the message of the compiler.
import { sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shown } from '../catalogue.ts'
import { read } from '../read.ts'

export interface Place {
  /** From the repository's root, with forward slashes; absolute where it lies elsewhere. */
  file: string
  line: number
  /** The line itself, without its indentation. */
  source: string
}

export function showPlace({ file, line, source }: Place): string {
  return `  ${file}:${line}\n  ${line} | ${source}`
}

/** The first place in the text that lies in the tree, or in one of several (absolute paths). */
export function ownPlace(text: string, tree: string | string[]): Place | undefined {
  const trees = [tree].flat().map((folder) => folder + sep)
  for (const [, path = '', line = ''] of text.matchAll(
    /((?:file:\/\/|\/|[A-Za-z]:[\\/])[^\n]*?\.[cm]?[jt]s)\b[^\n:]*:(\d+)/g,
  )) {
    const file = path.startsWith('file:') ? fileURLToPath(path) : path.replaceAll('/', sep)
    if (!trees.some((folder) => file.startsWith(folder)) || file.includes(`${sep}node_modules${sep}`))
      continue
    const source = read(file)?.split('\n')[Number(line) - 1]?.trim() ?? ''
    const name = shown(file)
    return { file: name.startsWith('..') ? file : name, line: Number(line), source }
  }
  return undefined
}
