// What is remembered in a file from one run to the next: a sentence, as long as what it is about stays the same.

import { readFileSync, writeFileSync } from 'node:fs'

/** The file has what it is about first, then an empty line, then the sentence. */
export function remember(file: string, about: string, sentence: string): void {
  try {
    writeFileSync(file, `${about}\n\n${sentence}`)
  } catch {
    // Then it is not remembered.
  }
}

/** The sentence, if there is one about just this. */
export function recall(file: string, about: string): string | undefined {
  const [found, sentence] = (readIfThere(file) ?? '').split('\n\n')
  return found === about ? sentence : undefined
}

export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
