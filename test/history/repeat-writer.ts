/** Sends one draft many times until it is killed; prints the id of each call once it is told of it. argv = database, folder of the banks' copies, base URL, CA file. */
import { readFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { createBankShelf } from '#core/banks/bank-shelf.ts'
import { createExchangeLog } from '#core/history/exchange-log.ts'
import { createTransport } from '#core/http/transport.ts'
import { repeat } from '#core/requests/repeat.ts'
import { draftSchema } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { openTestVault } from './exchange-fixture.ts'

const [file = '', cache = '', url = '', caFile = ''] = process.argv.slice(2)
const log = createExchangeLog(file, { secrets: openTestVault(dirname(file)) })
const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
const ca = readFileSync(caFile, 'utf8')
const secureContext = createSecureContext({ ca })
const none = () => Promise.reject(new Fault('INTERNAL'))
const draft = draftSchema.parse({ bank: 'ica-banken', operation: 'ica-accounts-list', identity: 'none', grant: 'none' })
const events = repeat(draft, 100_000, {
  banks: createBankShelf({ shipped, user: join(cache, 'none'), cache }),
  transport: createTransport(),
  endpoints: () => Promise.resolve({ urls: { resource: url }, ca: [ca] }),
  identity: none,
  grant: none,
  signer: none,
  connection: () => Promise.resolve({ id: '-', secureContext, clientCertificate: null }),
  record: log.record,
  recordTogether: log.recordTogether,
  flushRecords: log.flush,
  isWitnessed: () => false,
  renew: () => Promise.resolve(false),
  now: Date.now,
})
for await (const event of events)
  if (event.kind === 'calls') for (const { exchange } of event.calls) writeSync(1, `${exchange}\n`)
