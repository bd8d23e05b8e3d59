// Waiting, but not for ever.

/** What `promise` gives, or undefined once `ms` have passed. */
export async function atMost<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const enough = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, enough])
  } finally {
    clearTimeout(timer)
  }
}
