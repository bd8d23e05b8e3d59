// What a module imports.
import { read } from './starters.ts'

/** What a module imports, types included. The last line of a statement that takes several begins with its brace. */
export function importsOf(path: string): string[] {
  const source = (read(path) ?? '').replace(/^\s*(?:\/\/|\*|\/\*\*).*$/gm, '')
  const statements = source.matchAll(/^(?:import\s+|(?:import|export|\})[^'"\n]*\sfrom\s+)['"]([^'"]+)['"]/gm)
  const calls = source.matchAll(/\bimport\(['"]([^'"]+)['"]\)/g)
  return [...statements, ...calls].map(([, target = '']) => target)
}
