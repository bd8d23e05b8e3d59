// The columns of the matrix, from left to right: a new one is added here.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FIRST_WITH_LOADER } from '../lib/application.ts'
import { findSteps, learnersTree, theStep, treePath } from '../lib/catalogue.ts'
import { refuseMissingFiles } from '../lib/trees/missing-files.ts'
import { firstUnwritten } from '../lib/trees/starters.ts'
import type { Column } from './column.ts'
import { hostColumn } from './hosts.ts'
import { peerColumn } from './peers.ts'

const GATEWAY = fileURLToPath(new URL('gateway.ts', import.meta.url))
/** Those of Python: peer.py knows how each of them is started. */
const PEERS = ['gunicorn', 'waitress', 'wsgiref']
/** The learner's column. */
export const YOURS = 'yours'

/** On the highest floor that is written, so that who has finished step 5 need not begin with step 6. */
export function learnersColumn(): Column {
  const unwritten = firstUnwritten(learnersTree)?.number ?? Infinity
  const floor = Math.max(FIRST_WITH_LOADER, Math.min(highestFloor(learnersTree), unwritten - 1))
  refuseMissingFiles(learnersTree, theStep(floor))
  return hostColumn(YOURS, false, serverOf(learnersTree, floor))
}

/** The reference, and the gateway: it runs the very same applications on a server that nobody here wrote. */
export function referenceColumns(): Column[] {
  const reference = serverOf(treePath('solutions'), highestFloor(treePath('solutions')))
  return [
    hostColumn('reference', true, reference),
    hostColumn('node:http', true, { tree: reference.tree, server: GATEWAY }),
  ]
}

export function pythonColumns(python: string): Column[] {
  return PEERS.map((name) => peerColumn(name, python))
}

function serverOf(tree: string, floor: number): { tree: string; server: string; floor: number } {
  return { tree, server: join(tree, theStep(floor).folder, 'server.ts'), floor }
}

/** The first floor with applications, where the tree has none so high. */
function highestFloor(tree: string): number {
  const highest = findSteps().findLast(({ folder }) => existsSync(join(tree, folder, 'server.ts')))
  return Math.max(FIRST_WITH_LOADER, highest?.number ?? 0)
}
