// Sets Python up in the repository of which `environment.ts` is a part, in a process of its own, and prints a line of
// JSON: what that gave, and what was told.

import { register } from 'tsx/esm/api'

register()
const { setUpPython } = await import(process.argv[2])

const told = []
const gave = await setUpPython((line) => told.push(line))
console.log(JSON.stringify({ gave, told }))
