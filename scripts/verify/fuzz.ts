// The properties of `npm run fuzz`, tried on as many inputs as verify has time for, always the same ones.
import { treePath } from '../lib/catalogue.ts'
import { counted, type Finding } from './finding.ts'
import { tryAll } from '../fuzz/run.ts'
import { COUNT } from '../fuzz/properties.ts'
import { partsOf } from '../fuzz/read.ts'

const SEED = 1
const RUNS = 500

export async function checkFuzz(): Promise<Finding> {
  const found = await tryAll(await partsOf(treePath('solutions')), SEED, RUNS)
  const faults = found.map(({ property, example, reason }) => `${property}\n  with ${example}\n  ${reason}`)
  const looked = `${COUNT} properties, ${RUNS} inputs each`
  return counted('properties hold', looked, faults, COUNT - faults.length)
}
