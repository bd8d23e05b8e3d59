// The servers in plain Node that the reference is measured beside: node:http as one uses it, and a bare loop over a
// socket that looks at nothing but where a request ends. Plain JavaScript: no loader is in the way.
import { createServer as createHttp } from 'node:http'
import { createServer as createNet } from 'node:net'

const TYPE = 'text/plain; charset=utf-8'
const HELLO = 'Hello, world!'
const pages = {
  '/10k': Buffer.alloc(10_240, 'x'),
  '/1m': Buffer.alloc(1_048_576, 'x'),
}

const servers = { 'node:http': http, net }
const server = servers[process.argv[2]]()
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit())

function http() {
  return createHttp((request, response) => {
    if (request.method === 'POST') return count(request, response)
    const body = pages[request.url] ?? HELLO
    answer(response, body)
  })
}

/** The fields that the reference sends as well: node:http would add Connection and Keep-Alive. */
function answer(response, body) {
  response.removeHeader('Connection')
  response.writeHead(200, {
    'Content-Type': TYPE,
    'Content-Length': Buffer.byteLength(body),
    Server: 'node',
  })
  response.end(body)
}

/** The body is held whole, as an application that parses it would. */
function count(request, response) {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => answer(response, `${Buffer.concat(parts).length} bytes`))
}

function net() {
  const date = new Date().toUTCString()
  const head = ['HTTP/1.1 200 OK', `Content-Type: ${TYPE}`, `Content-Length: ${HELLO.length}`]
  const response = `${[...head, `Date: ${date}`, 'Server: net'].join('\r\n')}\r\n\r\n${HELLO}`
  return createNet({ noDelay: true }, (socket) => {
    // The end of a request may come in two parts.
    let rest = ''
    socket.on('data', (bytes) => {
      const ends = (rest + bytes.toString('latin1')).split('\r\n\r\n')
      rest = ends.at(-1)
      socket.write(ends.length === 2 ? response : response.repeat(ends.length - 1), 'latin1')
    })
    socket.on('error', () => {})
  })
}
