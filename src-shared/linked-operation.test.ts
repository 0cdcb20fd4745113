/** Links of an answer lead to the operation they mean, with the ids they carry, and to nothing else. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type LinkableOperation, linkedOperation, offeredOperations, operationLinks } from './linked-operation.ts'

async function operationsOf(bank: string): Promise<LinkableOperation[]> {
  const file = join(import.meta.dirname, '..', 'resources', 'banks', bank, 'openapi.yaml')
  const { paths } = parse(await readFile(file, 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string }>>
  }
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { operationId }]) =>
      operationId === undefined ? [] : [{ id: operationId, method, path }],
    ),
  )
}

let payex: LinkableOperation[]
let georgia: LinkableOperation[]
beforeAll(async () => {
  payex = await operationsOf('payex-ledger')
  georgia = await operationsOf('bank-of-georgia')
})

const base = '/ledger/public-account-transaction/v1/xxx/pre-authorization'

describe('the operations an answer offers', () => {
  it('are found in its order, with the bank’s placeholder left out', () => {
    const answer = {
      operations: [
        { rel: 'add-sign-bankid-se', method: 'POST', href: `${base}/account-applications/sign-bankid-se` },
        {
          rel: 'cancel',
          method: 'post',
          href: `https://ledger.example/api${base}/account-applications/sign-bankid-se/cancel?x=1`,
        },
        {
          rel: 'poll',
          method: 'GET',
          href: `${base.replace('xxx', '1001')}/limit-upgrade-applications/sign-bankid-se`,
        },
        { rel: 'unknown', method: 'DELETE', href: `${base}/account-applications` },
      ],
    }
    expect(offeredOperations(answer, payex)).toEqual([
      { rel: 'add-sign-bankid-se', operation: 'payex-account-application-sign-bankid-se-create', parameters: {} },
      { rel: 'cancel', operation: 'payex-account-application-sign-bankid-se-cancel', parameters: {} },
      { rel: 'poll', operation: 'payex-limit-upgrade-sign-bankid-se-poll', parameters: { ownerNo: '1001' } },
    ])
  })

  it('are each found by the path the bank’s data has for it', () => {
    for (const { id, method, path } of payex)
      expect(linkedOperation({ rel: 'r', method, href: path.replace('{ownerNo}', 'xxx') }, payex)?.operation).toBe(id)
  })

  it('are none where the answer has none', () => {
    for (const answer of [
      null,
      5,
      'x',
      [],
      {},
      { operations: 'x' },
      { operations: [null, 5, { rel: 1 }, { href: '/' }] },
    ])
      expect(offeredOperations(answer, payex)).toEqual([])
  })

  it('are read in any spelling of the names', () => {
    expect(operationLinks({ Operations: [{ Rel: 'a', Method: 'POST', Href: '/x' }] })).toEqual([
      { rel: 'a', method: 'POST', href: '/x' },
    ])
    expect(operationLinks({ operations: [{ rel: 'a', href: '/x' }] })).toEqual([
      { rel: 'a', method: 'GET', href: '/x' },
    ])
  })
})

describe('a link', () => {
  const get = (href: string) => linkedOperation({ rel: 'r', method: 'GET', href }, georgia)

  it('may begin with the bank’s prefix or host, and gives its ids decoded', () => {
    expect(get('/psd2/v1/consents/a%2Fb/authorisations/77')).toEqual({
      rel: 'r',
      operation: 'bog-consent-authorisation-status',
      parameters: { consentId: 'a/b', authorisationId: '77' },
    })
    expect(get('https://xs2a.example/v1/consents/1/status')?.operation).toBe('bog-consent-status')
  })

  it('prefers the operation with more fixed parts', () => {
    expect(get('/v1/payments/domestic/1/authorisations/2')?.operation).toBe('bog-payment-authorisation-status')
    expect(get('/v1/accounts/1/balances')?.operation).toBe('bog-account-balances')
  })

  it.each(['', '/', 'bankid:///?a=1', 'javascript:alert(1)', '/v1/unknown', '%'])('%j leads nowhere', (href) => {
    expect(get(href)).toBeNull()
  })
})
