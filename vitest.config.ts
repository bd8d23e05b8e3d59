// How vitest runs the suites: against one tree of servers, each file in a process of its own. The commands use it
// through scripts/lib/suites/run.ts; an editor's extension, or plain `npx vitest run`, finds it here.
import { availableParallelism } from 'node:os'
import { isAbsolute, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import type { ViteUserConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

export interface Target {
  /** The absolute path of the tree under test: what `#server/` stands for. */
  tree: string
  /** Run only the tests marked `lasting`, against this later floor. */
  floor?: number | undefined
}

export function suitesConfig({ tree, floor }: Target): ViteUserConfig {
  return {
    root,
    plugins: [nameModules(tree)],
    resolve: { alias: [{ find: /^#server\//, replacement: `${tree.replaceAll(sep, '/')}/` }] },
    test: {
      include: ['steps/*/*.test.ts'],
      setupFiles: [join(root, 'steps/kit/vitest-setup.ts')],
      pool: 'forks',
      maxWorkers: availableParallelism(),
      testTimeout: 10_000,
      hookTimeout: 10_000,
      env: { WORKSHOP_TREE: tree, ...(floor !== undefined && { WORKSHOP_FLOOR: String(floor) }) },
    },
  }
}

/**
 * Lets each of the learner's modules say its name as it begins to run (steps/kit/vitest-setup.ts listens), so that
 * one that never comes to its end can be named. The call stands on the first line: no line number changes.
 */
function nameModules(tree: string): Plugin {
  return {
    name: 'workshop:name-modules',
    enforce: 'pre',
    transform(code, id) {
      const file = relative(tree, id.split('?')[0] ?? id)
      if (file.startsWith('..') || isAbsolute(file) || !file.endsWith('.ts')) return undefined
      const name = JSON.stringify(file.replaceAll(sep, '/'))
      return { code: `globalThis.workshopModuleBegins?.(${name});${code}`, map: null }
    },
  }
}

const floor = process.env['WORKSHOP_FLOOR']

export default suitesConfig({
  tree: process.env['WORKSHOP_TREE'] ?? join(root, 'exercises'),
  floor: floor === undefined ? undefined : Number(floor),
})
