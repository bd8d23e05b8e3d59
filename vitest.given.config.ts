// The tests of what is given in the steps: bridges, loader, applications. No learner's part is in them, so `verify` runs
// them and `npm test` does not. They look at the reference, where they need a server at all.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suitesConfig } from './vitest.config.ts'

const root = fileURLToPath(new URL('.', import.meta.url))
const { test, ...config } = suitesConfig({ tree: join(root, 'solutions') })

export default {
  ...config,
  test: {
    ...test,
    include: ['steps/*/given/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: [],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
}
