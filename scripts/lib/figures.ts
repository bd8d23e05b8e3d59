// Tables that commands leave behind in .workshop/figures/, for the page that floor 9 serves of itself.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figures } from '#given/09-many-cores/figures.ts'
import { root } from './catalogue.ts'

export function keepFigures(name: string, figures: Omit<Figures, 'at'>): void {
  const folder = join(root, '.workshop', 'figures')
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, `${name}.json`),
      `${JSON.stringify({ ...figures, at: new Date().toISOString() })}\n`,
    )
  } catch {
    // No permission, or a full disk: the table has been printed all the same.
  }
}
