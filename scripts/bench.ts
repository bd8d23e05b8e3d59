// npm run bench [hello] [python] [bodies] [workers] [floors] [growth] [mine] [quick] [rounds=5] [seconds=2]
// [load=autocannon] [beside=../before]: how fast the finished server is, beside others on the same work, the solution
// of another checkout among them.
// npm run bench svg: the chart of it. npm run bench loop: how long a learner waits.
// npm run bench limits [soak] [mine]: what the finished server holds out.
import { benchLimits, MEASUREMENTS } from './bench/limits/limits.ts'
import { benchLoop } from './bench/loop/loop.ts'
import { ALL_GROUPS, benchSpeed, type Order } from './bench/speed/speed.ts'
import { publishChart } from './bench/report/kept.ts'
import { parseWords, Usage, type Words } from './lib/words.ts'

/** Whose server: the solution's, unless one says otherwise. */
const TARGETS = ['solution', 'mine']
/** Other benchmarks than that of speed. */
const KINDS = ['loop', 'limits', 'svg']
const KEYS = ['rounds', 'seconds', 'load', 'beside']
const USUAL = { rounds: 5, seconds: 2 }
/** Enough to see whether a change helps. */
const QUICK = { rounds: 3, seconds: 1 }
/** More rounds, or seconds of one, than this are a slip of the pen. */
const MOST = 60

export async function main(args: string[]): Promise<number> {
  const known = [...new Set([...ALL_GROUPS, ...KINDS, 'quick', ...TARGETS, ...MEASUREMENTS])]
  const said = parseWords(args, { command: 'bench', words: known, keys: KEYS })
  const { words } = said
  const [kind = 'speed', another] = KINDS.filter((word) => words.includes(word))
  if (another !== undefined) throw new Usage(`One benchmark at a time: npm run bench ${kind}`)
  refuseStrays(words, kind)
  if (kind === 'limits') return benchLimits(words, isMine(words))
  if (kind === 'loop') return benchLoop()
  const order = orderFrom(said)
  if (kind === 'svg') return publishChart(order.isMine, () => benchSpeed(order))
  return benchSpeed(order)
}

/** A word that means nothing to the benchmark that was asked for. */
function refuseStrays(words: string[], kind: string): void {
  const taken: Record<string, string[]> = {
    limits: [...MEASUREMENTS, ...TARGETS],
    loop: [],
    svg: [...TARGETS, 'quick'],
    speed: [...ALL_GROUPS, ...TARGETS, 'quick'],
  }
  const stray = words.find((word) => word !== kind && !taken[kind]?.includes(word))
  if (stray === undefined) return
  const owner = MEASUREMENTS.includes(stray) ? 'limits ' : ''
  throw new Usage(`"${stray}" does not go with this benchmark: npm run bench ${owner}${stray}`)
}

function orderFrom({ words, values }: Words): Order {
  const usual = words.includes('quick') ? QUICK : USUAL
  const groups = ALL_GROUPS.filter((group) => words.includes(group))
  return {
    groups: groups.length === 0 ? ALL_GROUPS : groups,
    isWhole: groups.length === 0,
    rounds: countFrom('rounds', values, usual.rounds),
    seconds: countFrom('seconds', values, usual.seconds),
    load: values['load'],
    beside: values['beside'],
    isMine: isMine(words),
  }
}

function countFrom(name: string, values: Record<string, string>, usual: number): number {
  const text = values[name] ?? String(usual)
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= 1 && number <= MOST) return number
  throw new Usage(
    `${name}= is a whole number from 1 to ${MOST}, not "${text}": npm run bench ${name}=${usual}`,
  )
}

/** Whoever names a tree means that one. */
function isMine(words: string[]): boolean {
  const isNamed = words.includes('mine') || process.env['WORKSHOP_TREE'] !== undefined
  return isNamed && !words.includes('solution')
}
