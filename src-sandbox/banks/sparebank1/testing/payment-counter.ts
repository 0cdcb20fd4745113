/** The payment calls the tests of the simulated SpareBank 1 make again and again. */
import type { SignedCallOptions, SigningBench, SigningTpp } from '#sandbox/testing/signing-bench.ts'
import type { TestAnswer } from '#sandbox/testing/test-exchange.ts'

export const operation = 'sb1-sct-payment-create'
export const returnAddress = 'https://tpp.example/return'
export const olasKroner = 'NO9386011117947'

/** A payment the bank takes, with changes. */
export const payment = (change: object = {}): object => ({
  instructedAmount: { amount: '100.33', currency: 'EUR' },
  creditorName: 'Company 123',
  creditorAccount: { iban: 'DE89370400440532013000', currency: 'EUR' },
  debtorAccount: { iban: olasKroner, currency: 'NOK' },
  ...change,
})

export type Sent = Pick<SignedCallOptions, 'query' | 'tamper'> & { readonly headers?: Readonly<Record<string, string>> }

export const send = (
  tpp: SigningTpp,
  body: unknown = payment(),
  { headers = {}, ...others }: Sent = {},
): Promise<TestAnswer> =>
  tpp.call(operation, { ...others, body, sent: { 'tpp-redirect-uri': returnAddress, ...headers } })

export function redirectOf({ json }: TestAnswer): string {
  const links = json._links as Record<string, { href: string }> | undefined
  return links?.scaRedirect?.href ?? ''
}

/** The bank's code, or the status of an answer that has none. */
export const codeOf = ({ json, status }: TestAnswer): unknown => json.code ?? status

/** Sends, lets the customer act, sends again. */
export async function sendTwice(
  bench: SigningBench,
  tpp: SigningTpp,
  body: unknown = payment(),
  { decision = 'approve', psu = 'Ola Nordmann', ...sent }: Sent & { decision?: 'approve' | 'deny'; psu?: string } = {},
): Promise<TestAnswer> {
  await bench.click(redirectOf(await send(tpp, body, sent)), psu, { decision })
  return await send(tpp, body, sent)
}
