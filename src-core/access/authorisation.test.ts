/** What goes to the bank's page, and which answers of it are believed. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OauthCodeProfile } from '#shared/access-profile.ts'
import { Fault } from '#shared/fault.ts'
import type { Bank } from '../banks/bank.ts'
import { createBankShelf } from '../banks/bank-shelf.ts'
import { type AccessTarget, requireAccess } from './access-target.ts'
import { authorisationBase, authorisationUrl, checkCustomer } from './authorisation-url.ts'
import { type Asked, judgeCallback } from './judge-callback.ts'

let folder: string
let bank: Bank
let profile: OauthCodeProfile

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-authorisation-'))
  const shipped = join(import.meta.dirname, '..', '..', 'resources', 'banks')
  bank = await createBankShelf({ shipped, user: join(folder, 'user'), cache: join(folder, 'cache') }).open('ica-banken')
  profile = requireAccess(bank)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const faultOf = (work: () => unknown): Fault => {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    return error as Fault
  }
  throw new Error('nothing was thrown')
}

describe('the address of the page', () => {
  const query = {
    clientId: 'PSDSE-FINA-1',
    scope: 'basket:a/b c',
    redirectUri: 'http://127.0.0.1:4711/callback/ica-banken',
    state: 'st&te=',
    challenge: 'challenge_-',
    customer: { ssn: '197201011234' },
  }

  it('has every parameter, encoded', () => {
    const url = new URL(authorisationUrl('https://bank.example/base/oauth/v2/authorize', query))
    expect(url.origin + url.pathname).toBe('https://bank.example/base/oauth/v2/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'PSDSE-FINA-1',
      scope: 'basket:a/b c',
      redirect_uri: 'http://127.0.0.1:4711/callback/ica-banken',
      ssn: '197201011234',
      state: 'st&te=',
      code_challenge: 'challenge_-',
      code_challenge_method: 'S256',
    })
  })

  it('has no challenge for a bank without PKCE', () => {
    const url = new URL(authorisationUrl('https://b.example/a', { ...query, challenge: null }))
    expect([...url.searchParams.keys()].filter((name) => name.startsWith('code_'))).toEqual([])
  })

  it('needs a URL of the environment', () => {
    const target = { bank, environment: bank.environment('production') } as AccessTarget
    expect(authorisationBase(target, profile, { urls: { authorize: 'https://ims.example/' }, ca: [] })).toEqual({
      base: 'https://ims.example',
      path: '/oauth/v2/authorize',
    })
    expect(faultOf(() => authorisationBase(target, profile, { urls: {}, ca: [] }))).toMatchObject({
      code: 'ENVIRONMENT_INCOMPLETE',
      details: { host: 'authorize' },
    })
  })

  it('is no matter of a bank without OAuth', () => {
    const { access: _, ...rest } = bank.profile
    expect(faultOf(() => requireAccess({ ...bank, profile: rest })).code).toBe('OPERATION_NOT_OFFERED')
  })
})

describe('what the bank asks of the customer', () => {
  it('is accepted in its form', () => {
    expect(() => checkCustomer(profile, { ssn: '197201011234' })).not.toThrow()
  })

  it('is asked for by name', () => {
    expect(faultOf(() => checkCustomer(profile, {}))).toMatchObject({
      code: 'PARAMETER_MISSING',
      details: { parameter: 'ssn' },
      message: expect.stringContaining('--customer ssn='),
    })
  })

  it.each(['19720101-1234', '7201011234', '197201011234 ', '19720101123x', ''])(
    '%j is refused, and not repeated',
    (ssn) => {
      const fault = faultOf(() => checkCustomer(profile, { ssn }))
      expect(fault).toMatchObject({ code: 'PARAMETER_INVALID', details: { parameter: 'ssn' } })
      if (ssn !== '') expect(JSON.stringify(fault)).not.toContain(ssn.trim())
    },
  )

  it('is nothing else', () => {
    const fault = faultOf(() => checkCustomer(profile, { ssn: '197201011234', pin: '1234canary' }))
    expect(fault).toMatchObject({ code: 'PARAMETER_INVALID', details: { parameter: 'pin' } })
    expect(JSON.stringify(fault)).not.toMatch(/canary|197201011234/)
  })
})

describe('a callback', () => {
  const origin = 'https://ims.example'
  const asked: Asked = { clientId: 'client', state: 'the-state', origin, issuer: null, namesItself: false }
  const judge = (query: string, change: Partial<Asked> = {}) =>
    judgeCallback(new URLSearchParams(query), { ...asked, ...change })

  it('with the state and a code is believed', () => {
    expect(judge('code=c&state=the-state').get('code')).toBe('c')
  })

  it.each([
    ['no state', 'code=c', 'no state'],
    ['an empty state', 'code=c&state=', 'another state'],
    ['another state', 'code=c&state=evil', 'another state'],
    ['a longer state', 'code=c&state=the-state-', 'another state'],
    ['an error without the state', 'error=access_denied', 'no state'],
  ])('with %s is refused, whatever else it says', (_, query, words) => {
    const fault = faultOf(() => judge(query))
    expect(fault.code).toBe('ACCESS_STATE')
    expect(fault.message).toContain(words)
    expect(fault.message).not.toMatch(/the-state|evil/)
  })

  it('that says the customer declined is a fault in the words of the bank', () => {
    const fault = faultOf(() => judge('error=access_denied&error_description=Not+today&state=the-state'))
    expect(fault).toMatchObject({ code: 'ACCESS_DENIED', details: { error: 'access_denied' } })
    expect(fault.message).toContain('access_denied: Not today')
    expect(faultOf(() => judge('error=server_error&state=the-state')).message).toContain('server_error')
  })

  it.each(['https://ims.example', 'https://ims.example/', 'https://ims.example/oauth/v2/anonymous'])(
    'of issuer %s at the same origin is believed',
    (iss) => {
      expect(judge(`code=c&state=the-state&iss=${encodeURIComponent(iss)}`).get('code')).toBe('c')
    },
  )

  it.each([
    'https://evil.example',
    'https://ims.example.evil.example',
    'https://ims.example@evil.example',
    'http://ims.example',
    'https://ims.example:8443',
    'ims.example',
    '',
  ])('of issuer %j is refused', (iss) => {
    expect(faultOf(() => judge(`code=c&state=the-state&iss=${encodeURIComponent(iss)}`)).code).toBe('ACCESS_CALLBACK')
  })

  it('of two issuers is refused, whichever comes first', () => {
    for (const [first, second] of [
      [origin, 'https://evil.example'],
      ['https://evil.example', origin],
    ])
      expect(faultOf(() => judge(`code=c&state=the-state&iss=${first}&iss=${second}`)).code).toBe('ACCESS_CALLBACK')
  })

  it.each([
    ['no code', 'state=the-state'],
    ['two codes', 'code=a&code=b&state=the-state'],
    ['two states', 'code=a&state=the-state&state=the-state'],
    ['a token of the implicit flow', 'access_token=a&token=b&state=the-state'],
    ['an answer in a JWT', 'response=eyJ&state=the-state'],
  ])('with %s cannot be used', (_, query) => {
    expect(faultOf(() => judge(query)).code).toBe('ACCESS_CALLBACK')
  })

  describe('from a server that advertises who it is', () => {
    const issuer = 'https://ims.example/realms/psd2'
    const named = { issuer, namesItself: true }
    const own = `code=c&state=the-state&iss=${encodeURIComponent(issuer)}`

    it('is believed with that name', () => {
      expect(judge(own, named).get('code')).toBe('c')
      expect(judge('code=c&state=the-state', { issuer, namesItself: false }).get('code')).toBe('c')
    })

    it.each([
      ['none', 'code=c&state=the-state'],
      ['its origin only', 'code=c&state=the-state&iss=https%3A%2F%2Fims.example'],
      ['another path', 'code=c&state=the-state&iss=https%3A%2F%2Fims.example%2Frealms%2Fother'],
      ['a slash more', `code=c&state=the-state&iss=${encodeURIComponent(`${issuer}/`)}`],
      ['two names', `${own}&iss=https%3A%2F%2Fevil.example`],
      ['none, with an error', 'error=access_denied&state=the-state'],
    ])('is refused with %s', (_, query) => {
      expect(faultOf(() => judge(query, named)).code).toBe('ACCESS_CALLBACK')
    })
  })
})
