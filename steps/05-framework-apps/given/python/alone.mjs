// Loads a Python application that then spins, in a process or a thread of its own (python-processes.test.ts ends it),
// and tells the number of the Python process. On Linux it spins where no thread of Python could end it.

import { parentPort } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
const { loadPython } = await import('../../python/python-style.ts')
const { drive } = await import('./drive.ts')

const [python, module] = JSON.parse(process.argv[2])
const { application } = await loadPython(module, { processes: 1, python })
const response = await drive(application, process.platform === 'linux' ? '/spins_in_c' : '/spins')
const pid = await response.next()
if (parentPort === null) console.log(pid)
else parentPort.postMessage(pid)
