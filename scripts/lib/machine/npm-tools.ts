// Programs from npm that only one command needs: each is installed on first use, outside of node_modules, into a folder
// of its own under .workshop/tools/, since npm takes out of a folder what it was not asked for this time.
import { basename, join } from 'node:path'
import { root } from '../catalogue.ts'
import { keep, recall } from '../workshop-folder.ts'
import { runCaught } from './programs.ts'
import { Refusal } from '../words.ts'

export interface NpmTool {
  /** As npm knows it: `@stryker-mutator/instrumenter`. */
  name: string
  /** The release that is meant, and no other. */
  version: string
  /** The sentence for when it cannot be had. */
  missing: string
}

/** Gives the folder of the installed package. */
export async function installTool({ name, version, missing }: NpmTool): Promise<string> {
  const place = join('tools', basename(name))
  const folder = join(place, 'node_modules', name)
  const kept = join(root, '.workshop', folder)
  if (versionIn(folder) === version) return kept
  console.log(`Installing ${name} ${version} into .workshop/tools …`)
  // Else npm would take the workshop's own package.json for the one that is meant.
  keep(join(place, 'package.json'), { private: true })
  const quiet = ['--no-audit', '--no-fund', '--no-save', '--ignore-scripts', '--fetch-retries=1']
  const install = npm(['install', ...quiet, `${name}@${version}`])
  const { code } = await runCaught(...install, join(root, '.workshop', place))
  if (code !== 0 || versionIn(folder) !== version) throw new Refusal(missing)
  return kept
}

/** `folder`: in .workshop/. */
function versionIn(folder: string): string | undefined {
  return recall<NpmTool>(join(folder, 'package.json')).version
}

/** npm as it has started us, or else as it lies beside Node. */
function npm(words: string[]): [command: string, words: string[]] {
  const script = process.env['npm_execpath']
  return script === undefined ? ['npm', words] : [process.execPath, [script, ...words]]
}
