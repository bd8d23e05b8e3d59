// Tables that commands leave behind in .workshop/figures/, for the page that floor 9 serves of itself.
import { join } from 'node:path'
import type { Figures } from '#given/09-many-cores/figures.ts'
import { root } from './catalogue.ts'
import { writeJson } from './json.ts'

export function keepFigures(name: string, figures: Omit<Figures, 'at'>): void {
  const file = join(root, '.workshop', 'figures', `${name}.json`)
  try {
    writeJson(file, { ...figures, at: new Date().toISOString() })
  } catch {
    // No permission, or a full disk: the table has been printed all the same.
  }
}
