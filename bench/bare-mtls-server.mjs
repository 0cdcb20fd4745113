// What a person would write by hand for one constant answer over mutual TLS: argv = key, certificate, body; prints its port.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'

const [key, cert, body] = process.argv.slice(2).map((path) => readFileSync(path))
const server = createServer({ key, cert, requestCert: true, rejectUnauthorized: false }, (request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json').setHeader('content-length', body.length).end(body)
  })
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
