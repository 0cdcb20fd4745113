/** What a log keeps of a request's headers, and what it never does. */
import { describe, expect, it } from 'vitest'
import { limits } from '#sandbox/state/limits.ts'
import { newTenant, record } from '#sandbox/state/tenants.ts'
import { seenHeaders } from './seen-headers.ts'

describe('seenHeaders', () => {
  it('keeps fields as they came, each time they came', () => {
    expect(seenHeaders({ date: 'Tue, 03 Nov 2026 10:00:00 GMT', 'set-cookie': ['a=1', 'b=2'] }).slice(0, 1)).toEqual([
      ['date', 'Tue, 03 Nov 2026 10:00:00 GMT'],
    ])
    expect(seenHeaders({ 'x-twice': ['one', 'two'] as unknown as string })).toEqual([
      ['x-twice', 'one'],
      ['x-twice', 'two'],
    ])
  })

  it('shows an Å that came as UTF-8, and leaves what is none as it is', () => {
    expect(seenHeaders({ 'psu-name': Buffer.from('Åke', 'utf8').toString('latin1') })).toEqual([['psu-name', 'Åke']])
    expect(seenHeaders({ 'psu-name': '\u00c5ke' })).toEqual([['psu-name', '\u00c5ke']])
  })

  it.each([
    [{ authorization: 'Bearer abc.def.ghi' }, 'Bearer [taken out: 11 characters]'],
    [{ authorization: 'no-scheme-at-all' }, '[taken out: 16 characters]'],
    [{ 'proxy-authorization': 'Basic dTpw' }, 'Basic [taken out: 4 characters]'],
    [{ cookie: 'session=1' }, '[taken out: 9 characters]'],
    [{ 'x-access-token': 'abcdef' }, '[taken out: 6 characters]'],
    [{ 'psu-id': '198001019999' }, '[taken out: 12 characters]'],
  ])('takes the secret out of %j', (headers, value) => {
    expect(seenHeaders(headers)).toEqual([[Object.keys(headers)[0], value]])
  })
})

describe('the log of a tenant', () => {
  it('keeps the headers of the newest calls only', () => {
    const tenant = newTenant('headers')
    const entry = {
      at: '2026-01-01T00:00:00.000Z',
      bank: 'a-bank',
      operation: null,
      method: 'GET',
      path: '/',
      status: 200,
      clientCertificate: null,
      reason: 'ok',
      requestId: null,
    }
    for (let count = 0; count < limits.logHeaders + 7; count += 1)
      record(tenant, { ...entry, headers: [['x-count', String(count)]] })
    expect(tenant.log.filter(({ headers }) => headers !== undefined)).toHaveLength(limits.logHeaders)
    expect(tenant.log[0]?.headers).toEqual([['x-count', String(limits.logHeaders + 6)]])
    expect(tenant.log.at(-1)?.headers).toBeUndefined()
  })
})
