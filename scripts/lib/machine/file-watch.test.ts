// A file that is awaited may appear in a folder that is not there yet.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { FileWatch } from './file-watch.ts'

test('a file is told of once it appears, even if its folder comes with it', async () => {
  const home = mkdtempSync(join(tmpdir(), 'wsgi-workshop-watch-'))
  const awaited = join(home, 'venv', 'mark.txt')
  const changed = new Promise<string[]>((resolve) => {
    const files = new FileWatch([home], [], resolve, awaited)
    onTestFinished(() => {
      files.end()
      rmSync(home, { recursive: true })
    })
  })
  mkdirSync(join(home, 'venv'))
  writeFileSync(awaited, 'here')
  expect(await changed).toEqual([awaited])
})
