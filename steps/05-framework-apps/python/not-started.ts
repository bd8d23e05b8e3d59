// What is said of a Python process that has not loaded its application, without saying why.

/** A module that is not imported after this many ms never will be. */
export const START_LIMIT = 30_000

/** `outcome` is how the process ended, or `late`. */
export function whyNotStarted(file: string, outcome: string): string {
  if (outcome !== 'late')
    return `The Python process for ${file} ${outcome} before it had loaded the application.`
  const remedy = "if it runs a server of its own, put that under `if __name__ == '__main__':`"
  return `${file} is still being imported after ${START_LIMIT / 1000} seconds: ${remedy}.`
}
