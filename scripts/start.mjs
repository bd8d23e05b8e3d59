// Every command begins here: `npm run step 3` is `node scripts/start.mjs step 3`. Before anything is loaded that
// could fail in a confusing way, this file sees to Node's version and the packages, so it is written in JavaScript that
// old versions of Node can read.

/* Of these lines of Node, the oldest release that vite 8, under vitest, runs on; newer lines are all right. */
var OLDEST = { 20: 19, 22: 12 }

/* Loading tsx first would slow the loading of vitest, which needs no tsx, from 0.2 s to 0.8 s. */
var USES_VITEST = ['step', 'test', 'hint', 'diff', 'catch-up', 'verify', 'mutants']

var command = process.argv[2] || ''
var words = process.argv.slice(3)

/* Whoever reads what is printed may have enough, as `head` has: nobody is left to be told. */
process.stdout.on('error', function (error) {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

if (isTooOld(process.versions.node)) {
  complain(
    'wsgi-workshop needs Node 20.19, 22.12 or newer; this is Node ' +
      process.versions.node +
      '. Get a newer one from https://nodejs.org (or: nvm install 22), then try again.',
    1,
  )
} else {
  /* Until the command says otherwise: one that ends before it has spoken has not succeeded. */
  process.exitCode = 1
  start().then(finish, explain)
}

function isTooOld(version) {
  var parts = version.split('.').map(Number)
  if (OLDEST[parts[0]] !== undefined) return parts[1] < OLDEST[parts[0]]
  return parts[0] < 22
}

async function start() {
  const { existsSync } = await import('node:fs')
  const script = new URL(command + '.ts', import.meta.url)
  if (!/^[a-z-]+$/.test(command) || !existsSync(script))
    return complain(`There is no command "${command}". To begin: npm run step 1`, 2)
  const { preparePackages, foreignFault } = await import('./lib/machine/packages.mjs')
  const obstacle = preparePackages([command].concat(words).join(' '))
  if (obstacle !== undefined) return complain(obstacle, 1)
  let main
  try {
    if (USES_VITEST.indexOf(command) !== -1) await import('vitest/node')
    const { register } = await import('tsx/esm/api')
    register()
    main = (await import(script.href)).main
  } catch (error) {
    const sentence = foreignFault(error)
    if (sentence === undefined) throw error
    return complain(sentence, 1)
  }
  return main(words)
}

/* The process ends by itself once nothing is left to do; what lingers all the same is given a second. */
function finish(code) {
  process.exitCode = code
  setTimeout(() => process.exit(), 1000).unref()
}

function explain(error) {
  const name = error instanceof Error ? error.name : ''
  if (name === 'Usage') return complain(error.message, 2)
  if (name === 'Refusal') return complain(error.message, 1)
  complain('Something is wrong with the workshop itself, not with your server. Please report this:', 1)
  console.error(error)
}

function complain(sentence, code) {
  console.error(sentence)
  finish(code)
  return code
}
