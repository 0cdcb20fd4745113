/** What a token is for is remembered under its grant, followed with it, and offers the operations its answer links to. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FollowEvent } from '#shared/contract/followed.ts'
import { type Bench, openBench, startTestBank, type TestBank } from '../../test/access/access-bench.ts'
import { enterToken } from './enter-token.ts'
import { followResource } from './follow-resource.ts'
import { rememberedView } from './remembered-view.ts'

let bank: TestBank
let bench: Bench

beforeEach(async () => {
  bank = await startTestBank()
  bench = openBench(bank)
})
afterEach(async () => {
  await bench.close()
  await bank.close()
})

const base = '/ledger/public-account-transaction/v1/xxx/pre-authorization/account-applications'
const offers = (...rels: string[]) =>
  rels.map((rel) => ({ rel, method: 'POST', href: `${base}/${rel.replace('add-', '')}` }))

const enter = (token: string) =>
  enterToken({ bank: 'payex-ledger', environment: 'sandbox', token, expiresIn: 600 }, bench.parts, bench.parts.book)

const create = (grant: string) =>
  bench.call({
    bank: 'payex-ledger',
    operation: 'payex-account-application-create',
    parameters: { ownerNo: '1001' },
    body: '{}',
    grant,
  })

async function follow(consent: string): Promise<FollowEvent[]> {
  const events: FollowEvent[] = []
  const input = { consent, parameters: {}, interval: 0.01, timeout: 30 }
  for await (const event of followResource(input, bench.parts)) events.push(event)
  return events
}

describe('an application', () => {
  it('is followed with the token it is for, and says what is possible now', async () => {
    const [one, other] = [await enter('token-one'), await enter('token-other')]
    const asked: string[] = []
    const statuses = ['AwaitingSign', 'InitilizedDigitalSign', 'Approved']
    bank.answer = ({ headers, method }) => {
      const token = headers.authorization ?? ''
      if (method === 'POST')
        return { status: 201, body: { status: 'AwaitingComplementaryInfo', operations: offers('add-kyc-answers') } }
      asked.push(token)
      const status = statuses.shift()!
      return {
        status: 200,
        body: { status, operations: status === 'AwaitingSign' ? offers('begin-sign-bankid-se', 'nobody-knows') : [] },
      }
    }
    await create(one.id)
    await create(other.id)
    const [record] = (await bench.parts.resources.list()).filter(({ resource }) => resource === one.id)
    expect(record).toMatchObject({ kind: 'account-application', grant: one.id, parameters: { ownerNo: '1001' } })
    expect(rememberedView(record!, (await bench.parts.banks.at('payex-ledger', 'sandbox')).profile)).toMatchObject({
      meaning: expect.stringContaining('Questions are unanswered'),
      operations: [
        { rel: 'add-kyc-answers', operation: 'payex-account-application-kyc-answers-create', parameters: {} },
      ],
    })
    const events = await follow(record!.id)
    expect(events).toMatchObject([
      { status: 'AwaitingSign', operations: [{ operation: 'payex-account-application-begin-sign-bankid-se' }] },
      { status: 'InitilizedDigitalSign', operations: [] },
      { status: 'Approved', final: true, wait: null },
      { type: 'end', because: 'final', consent: { status: 'Approved', operations: [] } },
    ])
    expect(asked).toEqual(Array(3).fill('Bearer token-one'))
    // The other customer's is another one.
    expect(await bench.parts.resources.find(other.id)).toMatchObject({ status: 'AwaitingComplementaryInfo' })
  })

  it('keeps what was offered through an answer that lists nothing', async () => {
    const { id } = await enter('token-one')
    bank.answer = ({ method }) =>
      method === 'POST'
        ? { status: 201, body: { status: 'AwaitingSign', operations: offers('begin-sign-bankid-se') } }
        : { status: 200, body: { status: 'AwaitingVerification' } }
    await create(id)
    await bench.call({
      bank: 'payex-ledger',
      operation: 'payex-account-application-get',
      parameters: { ownerNo: '1001' },
      grant: id,
    })
    expect(await bench.parts.resources.find(id)).toMatchObject({
      status: 'AwaitingVerification',
      operations: [{ rel: 'begin-sign-bankid-se' }],
    })
  })

  it('without a grant of ours is not remembered: nobody could ask for it again', async () => {
    bank.answer = () => ({ status: 201, body: { status: 'AwaitingSign', operations: [] } })
    await bench.call({
      bank: 'payex-ledger',
      operation: 'payex-account-application-create',
      parameters: { ownerNo: '1001' },
      headers: { Authorization: 'Bearer by-hand' },
      body: '{}',
    })
    expect(await bench.parts.resources.list()).toEqual([])
  })
})
