// A plausible wrong server: what its author takes to be true, and the edit of the reference that makes it. Each step
// lists its own in `mistakes.ts`; `npm run verify mistakes` sees that the suite catches each, and for its reason.

export interface Mistake {
  /** Short, no other entry has it: `one-event-one-request`. */
  name: string
  /** What somebody who writes this takes to be true, in a sentence. */
  misconception: string
  /** Made to the reference without its markers. Several where one place alone is not the mistake. */
  edit: Edit | Edit[]
  /** The first test of the step's suite that fails, by its exact name. A core one comes before all strict ones. */
  test: string
  /** What its failure says, as a learner reads it, when it fails for this reason: a part of the text. */
  seen: string | RegExp
  /** For the learner, after "This looks like: ". A phrase, with no full stop: `a server that …`. */
  looksLike: string
  /** For the learner, below it: where to look or what to ask oneself, not the answer. 60 words at the most. */
  hint: string
}

export interface Edit {
  /** From the tree, a file of the step's own: `02-request-line/byte-reader.ts`. */
  file: string
  /** Stands in the file exactly once. */
  find: string
  /** What takes its place. */
  replace: string
}

/**
 * A mistake made in an alternative (`steps/proof/NN-slug/alternatives/`), a right server in another style. It tells how often a
 * diagnosis, which was written for the reference's own code, is right about the code of somebody else.
 */
export interface ForeignMistake {
  /** Short, no other in this list has it. */
  name: string
  /** What somebody who writes this takes to be true, in a sentence. */
  misconception: string
  /** Made to the alternative's own files. */
  edit: Edit | Edit[]
  /** The mistake of the step's `mistakes.ts` that this is in another style. Without one, it is none of them. */
  repeats?: string
  /** Another whose words are as true of this server and lead as far. A diagnosis that names it is right, too. */
  orRightly?: { name: string; because: string }
  /** The first test of the step's suite that fails, by its exact name. */
  test: string
}
