// Tables that commands leave behind in .workshop/figures/, for the page that floor 9 serves of itself.
import type { Figures } from '#given/09-many-cores/figures.ts'
import { keep } from './workshop-folder.ts'

/** Where it cannot be kept, the table has been printed all the same. */
export function keepFigures(name: string, figures: Omit<Figures, 'at'>): void {
  keep(`figures/${name}.json`, { ...figures, at: new Date().toISOString() })
}
