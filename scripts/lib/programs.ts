// Programs that this machine may have, and the names of their packages.
import type { Packages } from '#given/kit/how-to-get.ts'
import { root } from './catalogue.ts'
import { runCaught } from './run-caught.ts'

/** A program that does not even give its version in this many ms counts as absent. */
const PATIENCE = 5000

/** The first line that the program prints about its version; undefined when it cannot be run. */
export async function versionOf(program: string, words = ['--version']): Promise<string | undefined> {
  const { code, printed } = await runCaught(program, words, root, PATIENCE)
  return code === 0 ? printed.trim().split('\n')[0]?.trim() : undefined
}

export const packages = {
  git: { ...sameEverywhere('git'), winget: 'Git.Git' },
  curl: { ...sameEverywhere('curl'), winget: 'cURL.cURL' },
  browser: { ...sameEverywhere('chromium'), brew: '--cask chromium', winget: 'Google.Chrome' },
} satisfies Record<string, Packages>

function sameEverywhere(name: string): Packages {
  return { apt: name, dnf: name, pacman: name, apk: name, brew: name, winget: name }
}
