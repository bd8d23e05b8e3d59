// `npm run verify alternatives 2`: the right servers in another style alone, for those who write one.
import { findSteps } from './catalogue.ts'
import { tell } from './checks.ts'
import { checkAlternatives, findAlternatives } from './checks-alternatives.ts'
import { Refusal } from './words.ts'

/** The exit code. */
export async function tellAlternatives(step: number | undefined): Promise<number> {
  const steps = findSteps().filter(({ number }) => step === undefined || number === step)
  const alternatives = findAlternatives(steps)
  if (alternatives.length === 0) {
    const where = `steps/${steps[0]?.folder ?? 'NN-slug'}/alternatives/`
    throw new Refusal(`There are no alternatives yet. Each is a folder in ${where}; see CONTRIBUTING.md.`)
  }
  const findings = await checkAlternatives(alternatives, (_, finding) => tell(finding))
  for (const finding of findings) tell(finding)
  return findings.some(({ failed }) => failed > 0) ? 1 : 0
}
