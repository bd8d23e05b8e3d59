// An error as a message can carry it from one process or thread to another.

/** Whatever was thrown: its name, message and stack, and the code that errors of the system have. */
export function plain(error) {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '' }
  return { name: error.name, message: error.message, stack: error.stack ?? '', code: error.code }
}
