// npm run starters [check]: derives exercises/ from solutions/, the only hand-written tree.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './lib/catalogue.ts'
import { save, sayWhereItIs } from './lib/trees/saved.ts'
import { committedText, compareStarters, type StarterFile } from './lib/trees/starters.ts'
import { parseWords } from './lib/words.ts'

export async function main(args: string[]): Promise<number> {
  const { words } = parseWords(args, { command: 'starters', words: ['check'] })
  const starters = compareStarters()
  return words.includes('check') ? check(starters) : write(starters)
}

function check(starters: StarterFile[]): number {
  const wrong = starters.filter(({ state }) => state !== 'same')
  for (const { file, state } of wrong) console.error(`exercises/${file} ${state}`)
  if (wrong.length === 0) {
    console.log(`${starters.length} starters are what solutions/ says.`)
    return 0
  }
  console.error(
    `\n${wrong.length} of ${starters.length} starters are not what solutions/ says: npm run starters`,
  )
  return 1
}

function write(starters: StarterFile[]): number {
  const changed = starters.filter(({ state }) => state !== 'same')
  const work = changed.filter(isWork).map(({ file }) => join(root, 'exercises', file))
  const saved = work.length > 0 ? save(work) : undefined
  for (const { file, wanted } of changed) {
    const path = join(root, 'exercises', file)
    mkdirSync(dirname(path), { recursive: true })
    if (wanted === undefined) rmSync(path)
    else writeFileSync(path, wanted)
    console.log(`${wanted === undefined ? 'removed' : 'wrote'} exercises/${file}`)
  }
  if (saved) console.log(sayWhereItIs(saved))
  console.log(`${changed.length} of ${starters.length} starters written; the others were right already.`)
  return 0
}

/** A file that is neither a starter as committed nor the new one holds somebody's work. */
function isWork({ file, found }: StarterFile): boolean {
  return found !== undefined && found !== committedText(`exercises/${file}`)
}
