/** A consent at the simulated Salt Edge and the calls the tests make with it again and again. */
import type { SignedCallOptions, SigningTpp } from '#sandbox/testing/signing-bench.ts'
import type { TestAnswer } from '#sandbox/testing/test-exchange.ts'

export const provider = 'demo_bank'
export const returnAddress = 'https://tpp.example/return'

export interface TestConsent {
  readonly id: string
  /** The customer's page; empty where the answer links to none. */
  readonly page: string
  readonly created: TestAnswer
  call(operation: string, parameters?: Readonly<Record<string, string>>): Promise<TestAnswer>
  status(): Promise<unknown>
  scaStatus(): Promise<unknown>
  askFor(body: unknown): Promise<TestAnswer>
}

export interface ConsentWish {
  readonly iban?: string
  readonly redirect?: boolean
  readonly psuId?: string
}

interface Created {
  readonly consentId: string
  readonly _links: Readonly<Record<string, { readonly href: string }>>
}

export async function newConsent(tpp: SigningTpp, wish: ConsentWish = {}): Promise<TestConsent> {
  const { iban = 'DE2310010010123456789', redirect = true, psuId } = wish
  const options: SignedCallOptions = {
    parameters: { provider_code: provider },
    body: { account: { iban } },
    sent: {
      'tpp-redirect-preferred': String(redirect),
      'tpp-redirect-uri': returnAddress,
      ...(psuId ? { 'psu-id': psuId } : {}),
    },
  }
  const created = await tpp.call('salt-edge-cof-consent-create', options)
  if (created.status !== 201) throw new Error(created.text)
  const { consentId, _links: links } = created.json as unknown as Created
  const call: TestConsent['call'] = (operation, parameters = {}) =>
    tpp.call(operation, { parameters: { provider_code: provider, consent_id: consentId, ...parameters } })
  const authorisation = { authorisation_id: links.scaStatus?.href.split('/').at(-1) ?? '' }
  return {
    id: consentId,
    page: links.scaRedirect?.href ?? '',
    created,
    call,
    status: async () => (await call('salt-edge-cof-consent-status')).json.consentStatus,
    scaStatus: async () => (await call('salt-edge-cof-consent-authorisation-status', authorisation)).json.scaStatus,
    askFor: (body) =>
      tpp.call('salt-edge-funds-confirmation-create', {
        parameters: { provider_code: provider },
        sent: { 'consent-id': consentId },
        body,
      }),
  }
}
