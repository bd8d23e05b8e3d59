// Trees that are generated from solutions/, in a folder of their own.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../catalogue.ts'
import { Refusal } from '../words.ts'
import type { Texts } from './mistakes.ts'
import { reason } from './saved.ts'
import { referenceOf, treeNames } from './starters.ts'

/** Where trees are generated. */
export function verifyFolder(): string {
  return join(root, '.workshop', 'verify')
}

/** Writes a tree from solutions/ and gives its path. `make` gets each file without its markers. */
export function buildTree(
  label: string,
  make: (name: string, text: string) => string = (_, text) => text,
): string {
  const tree = join(verifyFolder(), label)
  try {
    rmSync(tree, { recursive: true, force: true })
    for (const [name, text] of referenceTexts()) {
      mkdirSync(dirname(join(tree, name)), { recursive: true })
      writeFileSync(join(tree, name), make(name, text))
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new Refusal(`verify needs to write to .workshop/verify and cannot (${reason(error)}).`)
  }
  return tree
}

/** The reference's files without their markers. */
export function referenceTexts(): Texts {
  return new Map(treeNames('solutions').map((name) => [name, referenceOf(name) ?? '']))
}

/** Gives `work` a folder of generated trees that is nobody else's, and removes it afterwards. */
export async function inOwnFolder<Result>(
  name: string,
  work: (label: string) => Promise<Result>,
): Promise<Result> {
  const label = `${name}-${process.pid}`
  try {
    return await work(label)
  } finally {
    rmSync(join(verifyFolder(), label), { recursive: true, force: true })
  }
}
