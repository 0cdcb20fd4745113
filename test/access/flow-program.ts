/** A process of its own that authorises, says how far it is, and waits to be killed. Arguments: place as JSON, scenario. */
import { join } from 'node:path'
import { authorise } from '#core/access/authorise.ts'
import { createGrantBook } from '#core/access/grant-book.ts'
import { type BenchPlace, openBench } from './access-bench.ts'

const place = JSON.parse(process.argv[2]!) as BenchPlace
const scenario = process.argv[3]!
const say = (word: string) => process.stdout.write(`${word}\n`)
const bench = openBench(place)
const book = createGrantBook(join(place.data, 'grants'), {
  ...bench.secrets,
  set: () => {
    say('storing')
    setInterval(() => {}, 1000)
    return new Promise(() => {})
  },
})

if (scenario === 'consent') {
  await bench.call({
    bank: 'bank-of-georgia',
    operation: 'bog-consent-create',
    parameters: { 'PSU-IP-Address': '192.0.2.1', 'TPP-Redirect-URI': 'http://127.0.0.1:9/back' },
    body: JSON.stringify({ access: { allPsd2: 'allAccounts' }, recurringIndicator: true, validUntil: '2027-01-01' }),
    insist: true,
  })
  say('created')
  setInterval(() => {}, 1000)
} else {
  const input = {
    bank: 'ica-banken',
    environment: 'sandbox',
    scope: 'account',
    customer: { ssn: '197201011234' },
    decision: 'approve' as const,
    timeout: 60,
  }
  const parts = scenario === 'stuck' ? { ...bench.parts, book } : bench.parts
  for await (const event of authorise(input, parts)) {
    // The URL is how the test plays the customer.
    say(event.type === 'open' ? `open ${event.url}` : event.type)
  }
}
