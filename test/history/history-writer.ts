/** Writes exchanges until it is killed or has written so many; prints an id once it was told that it is kept. */
import { randomUUID } from 'node:crypto'
import { writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { createExchangeLog } from '#core/history/exchange-log.ts'
import { exampleExchange, openTestVault } from './exchange-fixture.ts'

const [file = '', count = '0', canary = ''] = process.argv.slice(2)
const log = createExchangeLog(file, { secrets: openTestVault(dirname(file)) })
for (let index = 0; index < Number(count); index++) {
  const exchange = exampleExchange({ id: randomUUID() })
  await log.record(canary === '' ? exchange : { ...exchange, request: { ...exchange.request, body: canary } })
  writeSync(1, `${exchange.id}\n`)
}
log.close()
