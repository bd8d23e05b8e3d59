// The error that means "Python applications cannot be run here". Its message is whole: what is missing, what to do.

export class PythonMissing extends Error {
  override name = 'PythonMissing'
  /** Whether it took a while to find out, as it does without a network: then it is not tried at every start. */
  readonly slow: boolean

  constructor(message: string, slow = false) {
    super(message)
    this.slow = slow
  }
}
