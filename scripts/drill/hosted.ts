// How the server of a drill is told to run the applications of its step's suite (applications.ts).
import { fileURLToPath } from 'node:url'
import { loaderIn, type ChosenApplication } from '../lib/application.ts'
import { STEPS_WITH_APPLICATIONS } from './applications.ts'

/** Undefined: the step's own page, or the bytes of whoever asks, say enough. */
export function drillApplication(step: number, tree: string): ChosenApplication | undefined {
  if (!STEPS_WITH_APPLICATIONS.includes(step)) return undefined
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const words = `applications.ts:step${step}`
  return { words, python: 1, places: [folder], loader: loaderIn(tree), folder, isPython: false }
}
