// npm run fuzz [solution] [seed=1] [seconds=60]: tries properties of the parts that know no socket on messages made at
// random, for as long as one likes, and prints the seed of what fails.
import { setImmediate as turn } from 'node:timers/promises'
import { learnersTree, treePath } from './lib/catalogue.ts'
import { tryAll, type Found } from './fuzz/run.ts'
import { partsOf, type Parts } from './fuzz/read.ts'
import { COUNT } from './fuzz/properties.ts'
import { parseWords, Refusal, Usage } from './lib/words.ts'

/** Inputs for each property and round. */
const RUNS = 200
/** ms between two lines that say that all is well. */
const TELL = 10_000

export async function main(args: string[]): Promise<number> {
  const spec = { command: 'fuzz', words: ['solution'], keys: ['seed', 'seconds'] }
  const { words, values } = parseWords(args, spec)
  const isSolution = words.includes('solution')
  const seed = numberFrom(values['seed'], 'seed')
  // Whoever names a seed wants to see what it found.
  const seconds = seed === undefined ? (numberFrom(values['seconds'], 'seconds') ?? Infinity) : 0
  const parts = await load(isSolution ? treePath('solutions') : learnersTree)
  const first = seed ?? Date.now() % 1_000_000
  console.log(`Trying ${COUNT} properties from seed ${first}. Ctrl-C ends this.`)
  const found = await tryRounds(parts, first, seconds)
  if (found === undefined) return 0
  console.log(`\n✗ ${found.property}\n  with ${found.example}\n  ${found.reason}\n`)
  console.log(`To see it again: npm run fuzz${isSolution ? ' solution' : ''} seed=${found.seed}`)
  return 1
}

/** Gives what does not hold, as soon as there is such a thing. */
async function tryRounds(parts: Parts, seed: number, seconds: number): Promise<Found | undefined> {
  let stopped = false
  process.once('SIGINT', () => (stopped = true))
  const end = performance.now() + seconds * 1000
  let told = performance.now()
  for (let round = 0; ; round++) {
    const [found] = await tryAll(parts, seed + round, RUNS)
    if (found) return found
    // The properties never leave the event loop a turn, in which a signal would be heard.
    await turn()
    const inputs = ((round + 1) * RUNS * COUNT).toLocaleString('en')
    if (stopped || performance.now() >= end) {
      console.log(`${inputs} inputs, and all properties hold.`)
      return undefined
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
