// The words on survivors that are all right, from steps/proof/NN-slug/survivors.ts.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Survivor } from '#given/proof/survivor.ts'
import { root, type Step } from '../lib/catalogue.ts'
import type { Mutant } from './make.ts'

export async function loadSurvivors({ folder }: Step): Promise<Survivor[]> {
  const file = join(root, 'steps', 'proof', folder, 'survivors.ts')
  if (!existsSync(file)) return []
  const { survivors }: { survivors: Survivor[] } = await import(pathToFileURL(file).href)
  return survivors
}

export function isAbout({ file, original, mutated, line = '' }: Survivor, mutant: Mutant): boolean {
  const isThere = file === mutant.file && mutant.lineText.includes(line)
  return (
    isThere && fits(original, mutant.original) && (mutated === undefined || fits(mutated, mutant.mutated))
  )
}

/** In one line, as it is shown and compared. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function fits(pattern: string | RegExp, text: string): boolean {
  const line = inOneLine(text)
  if (pattern instanceof RegExp) return pattern.test(line)
  const wanted = inOneLine(pattern)
  return wanted.endsWith('…') ? line.startsWith(wanted.slice(0, -1).trimEnd()) : line === wanted
}
