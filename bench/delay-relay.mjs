// Passes a TCP connection on and adds half a round trip to each direction: argv = port to pass on to, round trip in ms. Prints its own port.
import { connect, createServer } from 'node:net'

const [port, roundTrip] = process.argv.slice(2).map(Number)

/** A timer alone is late by a millisecond or two, which over fifty calls is what is to be measured: the rest is waited out. */
function at(due, act) {
  const left = due - performance.now()
  if (left <= 0) act()
  else if (left > 2) setTimeout(() => at(due, act), left - 2)
  else setImmediate(() => at(due, act))
}

/** Bytes arrive in order, each half a round trip after they were sent. */
function pass(from, to) {
  const later = (act) => at(performance.now() + roundTrip / 2, act)
  from.on('data', (chunk) => later(() => to.writable && to.write(chunk)))
  from.on('end', () => later(() => to.end()))
  from.on('error', () => to.destroy())
}

const server = createServer({ noDelay: true }, (client) => {
  const bank = connect({ host: '127.0.0.1', port, noDelay: true })
  pass(client, bank)
  pass(bank, client)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
