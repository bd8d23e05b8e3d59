// Runs autocannon once, and prints what wrk.lua prints. Plain JavaScript: it is not installed with the rest.
import { pathToFileURL } from 'node:url'

const order = JSON.parse(process.argv[2])
const { module, port, path, connections, pipeline = 1, body, fields = 1, seconds } = order
const { default: autocannon } = await import(pathToFileURL(module).href)

/** Host is one of them; autocannon adds Connection. */
const extra = Array.from({ length: Math.max(0, fields - 2) }, (_, index) => [
  `X-Field-${index}`,
  'a value of usual length',
])
const before = process.cpuUsage()
const result = await autocannon({
  url: `http://127.0.0.1:${port}${path}`,
  connections,
  pipelining: pipeline,
  duration: seconds,
  timeout: 10,
  headers: Object.fromEntries(extra),
  ...(body === undefined ? {} : { method: 'POST', body: Buffer.alloc(body, 'x') }),
})
const { user, system } = process.cpuUsage(before)
console.log(
  JSON.stringify({
    requests: result['2xx'] + result.non2xx,
    seconds: result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.errors,
    refused: result.non2xx,
    cpu: (user + system) / 1e6,
  }),
)
