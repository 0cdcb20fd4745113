/** Under which consent accounts are read, with a token for it and without one. */
import { describe, expect, it } from 'vitest'
import type { Grant } from '#shared/contract/access.ts'
import type { BankDetail, OperationDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { accountDraft, standingConsent } from './account-call.ts'

const bank = {
  id: 'own',
  resources: [{ kind: 'consent', parameters: ['consentId', 'Consent-ID'], active: 'valid' }],
} as unknown as BankDetail
const consent = (id: string, change: Partial<Remembered> = {}) =>
  ({
    id,
    resource: `at-bank-${id}`,
    kind: 'consent',
    bank: 'own',
    environment: 'production',
    status: 'valid',
    ...change,
  }) as Remembered
const list = {
  id: 'list',
  scope: 'AIS:{Consent-ID}',
  parameters: [{ name: 'Consent-ID' }, { name: 'PSU-IP-Address' }],
} as unknown as OperationDetail
const presence = { 'PSU-IP-Address': '192.0.2.7' }
const typed = {}

describe('a consent without a token', () => {
  it('is the newest one that can be used, here', () => {
    const all = [
      consent('a', { status: 'received' }),
      consent('b', { environment: 'bank-sandbox' }),
      consent('c', { kind: 'payment' }),
      consent('d'),
      consent('e'),
    ]
    expect(standingConsent(bank, 'production', all)?.id).toBe('d')
    expect(standingConsent(bank, 'production', all.slice(0, 3))).toBeNull()
  })

  it('goes with the call by its id; a grant’s own goes before it', () => {
    const place = { bank: 'own', environment: 'production', identity: null, grant: null, consent: consent('d') }
    const parts = { bank, consents: [consent('e')], presence, typed }
    expect(accountDraft({ ...parts, place }, list, {}).parameters).toEqual({ 'Consent-ID': 'at-bank-d', ...presence })
    const grant = { id: 'g', scope: 'AIS:at-bank-e', consent: 'e' } as Grant
    expect(accountDraft({ ...parts, place: { ...place, grant, consent: null } }, list, {})).toMatchObject({
      grant: 'g',
      parameters: { 'Consent-ID': 'at-bank-e' },
    })
  })
})
