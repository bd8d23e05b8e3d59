// Calls the functions of environment.ts in the repository of which it is a part (python-environment.test.ts makes one for
// each test), one for each word, and prints a line of JSON for each.

import { register } from 'tsx/esm/api'

register()
const [, , module, ...words] = process.argv
const { isSetUpWorthTrying, readyPython, setUpPython, setUpServers } = await import(module)

const calls = { ready: readyPython, worth: isSetUpWorthTrying, setUp: setUpPython, servers: setUpServers }

for (const word of words) {
  const told = []
  const tell = (line) => told.push(line)
  try {
    console.log(JSON.stringify({ gave: await calls[word](tell), told }))
  } catch (error) {
    console.log(JSON.stringify({ threw: error.name, message: error.message, told }))
  }
}
