// The error that means "there is no such application". Its message is whole: what was looked for, and what to do.

export class LoadError extends Error {
  override name = 'LoadError'
}
