import { expect, test } from 'vitest'
import type { OperationView } from '#shared/contract/banks.ts'
import { callsAbout } from './calls-about.ts'

const operation = (id: string, method: string, path: string): OperationView => ({
  id,
  method,
  path,
  title: id,
  tags: [],
  assumptions: [],
  description: '',
  errors: [],
  scope: null,
  browser: false,
  notOffered: { production: null, 'bank-sandbox': null, 'local-sandbox': null },
  simulated: false,
})

const bank = [
  operation('create', 'POST', '/{provider}/v1/consents'),
  operation('read', 'GET', '/{provider}/v1/consents/{consentId}'),
  operation('delete', 'DELETE', '/{provider}/v1/consents/{consentId}'),
  operation('signer', 'GET', '/{provider}/v1/consents/{consentId}/authorisations/{authorisationId}'),
  operation('fixed', 'GET', '/{provider}/v1/consents/all'),
  operation('account', 'GET', '/{provider}/v1/accounts/{accountId}'),
]
const creation = { operation: 'create', url: 'https://bank.example/base/demo/v1/consents' }

test('calls go on from the path of the creation, with its ids filled in', () => {
  const calls = callsAbout(creation, 'c-1', ['a-1'], bank)
  expect(calls.map(({ operation: { id } }) => id)).toEqual(['read', 'delete', 'signer'])
  expect(calls[0]).toMatchObject({ parameters: { provider: 'demo', consentId: 'c-1' }, itself: true })
  expect(calls[2]).toMatchObject({ parameters: { authorisationId: 'a-1' }, itself: false })
})

test('of two signers none is filled in', () => {
  expect(callsAbout(creation, 'c-1', ['a-1', 'a-2'], bank)[2]!.parameters).not.toHaveProperty('authorisationId')
})

test('a creation the bank no longer has leads nowhere', () => {
  expect(callsAbout({ ...creation, operation: 'gone' }, 'c-1', [], bank)).toEqual([])
})
