// The servers in plain Node that the reference is measured beside: node:http as one uses it, and a bare loop over a
// socket that looks at nothing but where a request ends, and keeps its body. Plain JavaScript: no loader is in the way.
import { createServer as createHttp } from 'node:http'
import { createServer as createNet } from 'node:net'

const TYPE = 'text/plain; charset=utf-8'
const HELLO = 'Hello, world!'
const DATE = new Date().toUTCString()
const EMPTY_LINE = '\r\n\r\n'
/** The first letter of a POST, whose head comes in one piece from the load. */
const POST = 'P'.charCodeAt(0)
const pages = {
  '/10k': Buffer.alloc(10_240, 'x'),
  '/1m': Buffer.alloc(1_048_576, 'x'),
}

const server = process.argv[2] === 'http' ? createHttp(serve) : createNet({ noDelay: true }, loop)
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit())

function serve(request, response) {
  if (request.method !== 'POST') return answer(response, pages[request.url] ?? HELLO)
  // The body is held whole, as an application that parses it would.
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => answer(response, `${Buffer.concat(parts).length} bytes`))
}

/** The fields that the reference sends as well: node:http would add Connection and Keep-Alive. */
function answer(response, body) {
  response.removeHeader('Connection')
  const length = Buffer.byteLength(body)
  response.writeHead(200, { 'Content-Type': TYPE, 'Content-Length': length, Server: 'node' })
  response.end(body)
}

function loop(socket) {
  const hello = respond(HELLO)
  // The end of a request may come in two parts.
  let rest = ''
  let parts = []
  let missing = 0
  const keep = (bytes) => {
    parts.push(bytes)
    missing -= bytes.length
    if (missing > 0) return
    socket.write(respond(`${Buffer.concat(parts).length} bytes`), 'latin1')
    parts = []
  }
  socket.on('data', (bytes) => {
    if (missing > 0) return keep(bytes)
    if (bytes[0] === POST) {
      const end = bytes.indexOf(EMPTY_LINE) + EMPTY_LINE.length
      missing = Number(/^Content-Length: (\d+)/im.exec(bytes.toString('latin1', 0, end))[1])
      return keep(bytes.subarray(end))
    }
    const ends = (rest + bytes.toString('latin1')).split(EMPTY_LINE)
    rest = ends.at(-1)
    socket.write(ends.length === 2 ? hello : hello.repeat(ends.length - 1), 'latin1')
  })
  socket.on('error', () => {})
}

function respond(text) {
  const head = ['HTTP/1.1 200 OK', `Content-Type: ${TYPE}`, `Content-Length: ${text.length}`]
  return `${[...head, `Date: ${DATE}`, 'Server: net'].join('\r\n')}${EMPTY_LINE}${text}`
}
