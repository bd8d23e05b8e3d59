// npm run fuzz [solution] [seed=1] [seconds=60]: tries properties of the parts that know no socket on messages made at
// random, for as long as one likes, and prints the seed of what fails.
import { learnersTree, treePath } from './lib/catalogue.ts'
import { tryAll } from './fuzz/run.ts'
import { partsOf, type Parts } from './fuzz/read.ts'
import { PROPERTIES } from './fuzz/properties.ts'
import { parseWords, Refusal, Usage } from './lib/words.ts'

/** Inputs for each property and round. */
const RUNS = 200
/** ms between two lines that say that all is well. */
const TELL = 10_000

export async function main(args: string[]): Promise<number> {
  const spec = { command: 'fuzz', words: ['solution'], keys: ['seed', 'seconds'] }
  const { words, values } = parseWords(args, spec)
  const seed = numberFrom(values['seed'], 'seed') ?? Date.now() % 1_000_000
  const seconds = values['seed'] === undefined ? (numberFrom(values['seconds'], 'seconds') ?? Infinity) : 0
  const parts = await load(words.includes('solution') ? treePath('solutions') : learnersTree)
  let stopped = false
  process.once('SIGINT', () => (stopped = true))
  const began = performance.now()
  let told = began
  console.log(`Trying ${PROPERTIES.length} properties from seed ${seed}. Ctrl-C ends this.`)
  for (let round = 0; ; round++) {
    const [found] = await tryAll(parts, seed + round, RUNS)
    if (found) {
      const again = `npm run fuzz${words.includes('solution') ? ' solution' : ''} seed=${found.seed}`
      console.log(
        `\n✗ ${found.property}\n  with ${found.example}\n  ${found.reason}\n\nTo see it again: ${again}`,
      )
      return 1
    }
    const inputs = ((round + 1) * RUNS * PROPERTIES.length).toLocaleString('en')
    const isOver = stopped || performance.now() - began >= seconds * 1000
    if (isOver) {
      console.log(`${inputs} inputs, and all properties hold.`)
      return 0
    }
    if (performance.now() - told > TELL) {
      told = performance.now()
      console.log(`${inputs} inputs so far, and all properties hold.`)
    }
  }
}

function numberFrom(text: string | undefined, key: string): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Usage(`${key}= takes a whole number, not "${text}": npm run fuzz ${key}=1`)
}

async function load(tree: string): Promise<Parts> {
  try {
    return await partsOf(tree)
  } catch (error) {
    if (error instanceof Error && error.name === 'Todo') throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal(`The server cannot be loaded: ${reason}. To fuzz the reference: npm run fuzz solution`)
  }
}
