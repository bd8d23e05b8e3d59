// How an application can break WSGI: each fault with its remedy, and the section of PEP 3333 that has the rule. Given
// whole, to be thrown.

import { inspect } from 'node:util'
import { ContractError } from './contract-error.ts'

const START_RESPONSE = 'The start_response() Callable'
const CONTENT_LENGTH = 'Handling the Content-Length Header'

export function notAStatus(status: unknown): ContractError {
  const remedy = 'give three digits, a space and a reason, as in "200 OK"'
  return new ContractError(`The status ${inspect(status)} is not a status`, remedy, START_RESPONSE)
}

/** `value` is what came in place of the list, or of one of its pairs. */
export function notHeaders(value: unknown): ContractError {
  return new ContractError(
    `Headers are a list of [name, value] pairs of strings, and ${inspect(value)} is not`,
    'write [["Content-Type", "text/plain"]]',
    START_RESPONSE,
  )
}

export type HeaderProblem = keyof typeof HEADER_PROBLEMS

const HEADER_PROBLEMS = {
  'is not a name': 'use letters, digits and hyphens',
  'has a character that no header may have': 'encode or remove it',
  'belongs to the connection': 'leave it to the server',
  'is not a number': 'give digits only',
  'is given twice': 'give it once',
}

export function refusedHeader(name: string, problem: HeaderProblem): ContractError {
  const broken = `The header ${JSON.stringify(name)} ${problem}`
  return new ContractError(broken, HEADER_PROBLEMS[problem], START_RESPONSE)
}

export function calledTwice(): ContractError {
  return new ContractError(
    'start_response was called a second time',
    'call it once, or pass the error that made you change your mind as its third argument',
    START_RESPONSE,
  )
}

export function notStarted(): ContractError {
  return new ContractError(
    'The application gave its body without calling start_response',
    'call start_response(status, headers) before the first bytes',
    START_RESPONSE,
  )
}

export function notABody(body: unknown): ContractError {
  const isBare = body instanceof Uint8Array || typeof body === 'string'
  return new ContractError(
    `The application returned ${isBare ? 'bare bytes or text' : typeof body}, not an iterable of bytes`,
    'return a list, as in [Buffer.from(text)]',
    'The Application/Framework Side',
  )
}

export function notBytes(chunk: unknown): ContractError {
  return new ContractError(
    `A chunk of the body is of type ${typeof chunk}, not bytes`,
    typeof chunk === 'string' ? 'encode it: Buffer.from(text)' : 'give Buffers or Uint8Arrays',
    'Unicode Issues',
  )
}

export function bodyTooLong(): ContractError {
  return new ContractError(
    'The body is longer than its Content-Length, and what is beyond was cut off',
    'count bytes, not characters, or leave Content-Length to the server',
    CONTENT_LENGTH,
  )
}

/** `missing`: bytes that were promised and never came. */
export function bodyTooShort(missing: number): ContractError {
  return new ContractError(
    `The body ended ${missing} bytes before its Content-Length`,
    'give as many bytes as you promise, or leave Content-Length to the server',
    CONTENT_LENGTH,
  )
}
