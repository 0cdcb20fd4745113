/** Finding the operation of a request, and what it remembers of the requests before. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Received } from '#sandbox/net/answer.ts'
import { findBanksFolder, readBankFolder } from './bank-folder.ts'
import { type OperationRouter, openRouter, operationIds } from './operation-router.ts'

const { openapi } = readBankFolder(findBanksFolder(undefined), 'ica-banken')
let router: OperationRouter
beforeAll(async () => {
  router = await openRouter(openapi)
})

const received = (target: string, headers: Received['headers'] = {}, method = 'GET', body = ''): Received => {
  const [path = '', query = ''] = target.split('?')
  return { method, path, target, query: new URLSearchParams(query), headers, body: Buffer.from(body) }
}
const match = (one: Received, host = 'resource') => router.match(host, one, one.path)
const psu = { 'psu-ip-address': '192.0.2.7' }

it('gives the same place twice, each time with its own parameters', () => {
  for (const id of ['a1', 'b2', 'a1']) {
    const found = match(received(`/Accounts/${id}/balances`, psu))
    expect(found).toMatchObject({ id: 'ica-account-balances', parameters: { accountId: id } })
  }
  expect(match(received('/Accounts', psu), 'token')).toBeNull()
  expect(match(received('/Accounts', psu, 'PUT'))).toBeNull()
  expect(match(received('/Accounts', psu))?.id).toBe('ica-accounts-list')
})

describe('findings', () => {
  const findings = (target: string, headers = {}) =>
    match(received(target, { ...psu, ...headers }))?.findings() ?? ['no match']

  it('are of this request, not of another at the same path', () => {
    const [good, bad] = ['/Accounts/a1?withBalance=true', '/Accounts/a1?withBalance=perhaps']
    const first = [findings(good), findings(bad)]
    expect([findings(good), findings(bad)]).toEqual(first)
    expect(first[0]).toEqual([])
    expect(first[1]).not.toEqual([])
  })

  it('can be added to without a later request having them', () => {
    findings('/Accounts').push('made up')
    expect(findings('/Accounts')).not.toContain('made up')
  })
})

it('knows operations that share one method and path', () => {
  const ids = operationIds(openapi)
  expect(ids).toContain('ica-oauth-token')
  expect(ids).toContain('ica-oauth-token-refresh')
  const post = received('/oauth/v2/mtls-token', {}, 'POST', 'grant_type=refresh_token')
  expect(match(post, 'token')).toMatchObject({ id: 'ica-oauth-token', meant: 'ica-oauth-token-refresh' })
})
