// A mutant of the reference that its step's suite lets live, and why that is all right. Each step lists its own in
// `survivors.ts`; `npm run mutants` prints the word beside the mutant, and lists those that have none as open.

export interface Survivor {
  /** From the tree: `02-request-line/byte-reader.ts`. */
  file: string
  /** What stands in the file, as the command shows it: an ellipsis at the end stands for any rest. */
  original: string | RegExp
  /** What the mutant has in its place, in the same way; where it is left out, whatever it has. */
  mutated?: string
  /** A part of the line that it begins on, where the file has the same words in several places. */
  line?: string
  /** Why no test need see it: nothing differs, or nothing that a client or a caller is promised. */
  why: string
}
