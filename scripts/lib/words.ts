// What a learner types after `npm run X`: a step number, known words, key=value pairs, and, where a command
// takes one, a free text. Words are never flags, because npm swallows `--flags`. Anything else is one clear
// sentence with a remedy.
import { findSteps } from './catalogue.ts'
import { listed, nearest } from '#given/kit/failure/nearest.ts'

/** Wrong usage: the message alone is printed, exit code 2. */
export class Usage extends Error {
  override name = 'Usage'
}

/** The command is right but cannot be done now: the message alone is printed, exit code 1. */
export class Refusal extends Error {
  override name = 'Refusal'
}

export interface Words {
  step: number | undefined
  words: string[]
  values: Record<string, string>
  rest: string[]
}

export interface Spec {
  /** The name as typed after `npm run`. */
  command: string
  step?: 'required' | 'optional'
  words?: string[]
  keys?: string[]
  /** `true`: the first argument after the step is taken as it stands. A pattern: so is each word it matches. */
  rest?: boolean | RegExp
  /** The words, the step's number first, that a line for this step cannot do without. Usual: the number. */
  needs?: (step: number) => string[]
}

/** These are npm's own settings too, so finding one set says nothing about what was typed. */
const NPM_SETTINGS = new Set(['all', 'json'])

export function parseWords(args: string[], spec: Spec): Words {
  refuseSwallowedFlags(spec)
  const found: Words = { step: undefined, words: [], values: {}, rest: [] }
  for (const arg of args) takeWord(arg, found, spec)
  if (spec.step === 'required' && found.step === undefined)
    throw new Usage(`Which step? Say its number: ${example(spec)}`)
  return found
}

function takeWord(arg: string, found: Words, spec: Spec): void {
  const stepIsStillToCome = spec.step && found.step === undefined
  const pair = /^([a-z-]+)=(.*)$/s.exec(arg)

  if (spec.rest === true && !stepIsStillToCome && found.rest.length === 0) found.rest.push(arg)
  else if (spec.step && /^[-+]?\d[\d.,]*$/.test(arg)) takeStep(arg, found, spec)
  else if (spec.words?.includes(arg)) found.words.push(arg)
  else if (pair?.[1] && spec.keys?.includes(pair[1])) found.values[pair[1]] = pair[2] ?? ''
  else if (spec.rest instanceof RegExp && spec.rest.test(arg)) found.rest.push(arg)
  else throw new Usage(explainUnknown(arg, spec, found.step))
}

function takeStep(arg: string, found: Words, spec: Spec): void {
  const step = parseStep(arg, spec.command)
  if (found.step !== undefined)
    throw new Usage(
      `One step at a time, not ${found.step} and ${step}: npm run ${spec.command} ${found.step}`,
    )
  found.step = step
}

/** The number of a step that exists, from its text, or a `Usage` that says which do. */
export function parseStep(text: string, command: string): number {
  const steps = findSteps().map((step) => step.number)
  const first = Math.min(...steps)
  const last = Math.max(...steps)
  const remedy = `npm run ${command} ${first}`
  if (!/^\d+$/.test(text))
    throw new Usage(`A step is a whole number from ${first} to ${last}, not ${text}: ${remedy}`)
  const number = Number(text)
  if (steps.includes(number)) return number
  throw new Usage(`There is no step ${text}; the steps are ${first} to ${last}: ${remedy}`)
}

function explainUnknown(arg: string, spec: Spec, step?: number): string {
  const known = [...(spec.words ?? []), ...(spec.keys ?? []).map((key) => `${key}=`)]
  if (/^--?[a-z]/i.test(arg)) {
    const near = nearest(arg.replace(/^-+/, ''), known)
    return `Words, not flags (npm would swallow "${arg}"): ${example(spec, step, near ?? known[0])}`
  }
  const near = nearest(arg, known)
  if (near) return `Unknown word "${arg}": did you mean "${near}"? ${example(spec, step, near)}`
  const choices = [...(spec.step && step === undefined ? ['a step number'] : []), ...known]
  if (choices.length === 0) return `"${arg}" is one word too many: ${example(spec, step)}`
  return `Unknown word "${arg}": npm run ${spec.command} takes ${listed(choices)}, for example ${example(spec, step)}`
}

/** `npm run step 3 --strict` reaches us as `step 3` and a setting in the environment. */
function refuseSwallowedFlags(spec: Spec): void {
  for (const word of spec.words ?? []) {
    if (NPM_SETTINGS.has(word) || !process.env[`npm_config_${word.replaceAll('-', '_')}`]) continue
    throw new Usage(`Words, not flags (npm swallowed "--${word}"): ${example(spec, undefined, word)}`)
  }
}

/** A line that works, with the step that was typed where there was one. */
function example(spec: Spec, step = 3, word?: string): string {
  const shown = word?.replace(/=$/, '=…')
  const text = spec.rest === true && '"GET /hello HTTP/1.1"'
  const needed = spec.step ? (spec.needs?.(step) ?? [step]) : []
  return ['npm run', spec.command, ...needed, text, shown].filter(Boolean).join(' ')
}
