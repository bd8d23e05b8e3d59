// Takes the callable out of a module: `app`, or `site.application`.

import { nearest } from '#given/kit/failure/nearest.ts'
import { LoadError } from '../load-error.ts'

export interface Picked {
  value: unknown
  /** The object that it was found in, when that is not the module: it may be a method. */
  owner?: object
}

/** How many names are worth listing. */
const LISTED = 12

/** `callable` names an export, or with dots what leads on from there. `file` is what to call the module. */
export function pick(exported: object, callable: string, file: string): Picked {
  const [first = '', ...rest] = callable.split('.')
  let path = first
  let picked: Picked = { value: member(holderOf(first, exported), first, file) }
  for (const name of rest) {
    const owner = Object(picked.value)
    picked = { value: member(owner, name, path), owner }
    path += `.${name}`
  }
  return picked
}

/** What a CommonJS module exports is its default export; not all of it is seen from outside by its name. */
function holderOf(name: string, exported: object): object {
  const inside = Object('default' in exported ? exported.default : undefined)
  return has(inside, name) && (!has(exported, name) || '__esModule' in inside) ? inside : exported
}

function member(holder: object, name: string, path: string): unknown {
  if (has(holder, name)) return Reflect.get(holder, name)
  const known = Object.keys(holder).toSorted()
  const near = nearest(name, known)
  const choice = known.slice(0, LISTED).join(', ') + (known.length > LISTED ? ', …' : '')
  const remedy =
    near === undefined
      ? `It has ${choice === '' ? 'nothing to choose from' : choice}.`
      : `Did you mean ${near}?`
  throw new LoadError(`There is no "${name}" in ${path}. ${remedy}`)
}

/** Not what every object has from birth, such as `constructor`. */
function has(holder: object, name: string): boolean {
  const birth = typeof holder === 'function' ? Function.prototype : Object.prototype
  return Object.hasOwn(holder, name) || (name in holder && !(name in birth))
}
