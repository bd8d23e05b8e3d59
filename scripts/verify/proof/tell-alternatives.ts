// `npm run verify alternatives 2`: the right servers in another style alone, for those who write one.
import { findSteps } from '../../lib/catalogue.ts'
import { tell } from '../finding.ts'
import { checkAlternatives, findAlternatives } from './alternatives.ts'
import { Refusal } from '../../lib/words.ts'

/** The exit code. */
export async function tellAlternatives(step: number | undefined): Promise<number> {
  const steps = findSteps().filter(({ number }) => step === undefined || number === step)
  const alternatives = findAlternatives(steps)
  if (alternatives.length === 0) {
    const where = `steps/proof/${steps[0]?.folder ?? 'NN-slug'}/alternatives/`
    throw new Refusal(`There are no alternatives yet. Each is a folder in ${where}; see CONTRIBUTING.md.`)
  }
  const findings = await checkAlternatives(alternatives, (_, finding) => tell(finding))
  for (const finding of findings) tell(finding)
  return findings.some(({ failed }) => failed > 0) ? 1 : 0
}
