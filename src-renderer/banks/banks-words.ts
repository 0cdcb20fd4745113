/** What the keys of a bank's profile are called for a person. */
import type { ViewName } from '#shared/bank-profile.ts'
import type { BankDetail, EnvironmentDetail } from '#shared/contract/banks.ts'
import type { SigningSchemeName } from '#shared/signing-profile.ts'
import type { Tone } from '../ui/badge.tsx'

export const flowWords: Readonly<Record<NonNullable<BankDetail['flow']>, string>> = {
  'oauth-code': 'OAuth 2.0 with an authorisation code; the customer consents on a page of the bank.',
  'oauth-sca':
    'The payment or consent is created first; its answer links to the OAuth server where the customer authorises it.',
  bearer: 'A token that somebody else issues and you enter.',
  'redirect-challenge':
    'No token. The bank answers with a page of its own, and the same call is repeated after the customer was there.',
  'redirect-link': 'No token. An answer links to the page where the customer authorises it.',
}

export const schemeWords: Readonly<Record<SigningSchemeName, string>> = {
  none: 'Requests are not signed',
  'http-signature': 'HTTP signature (draft-cavage-http-signatures-10)',
  'detached-jws': 'Detached JWS over headers (RFC 7515, RFC 7797)',
}

export const kindWords: Readonly<Record<EnvironmentDetail['kind'], string>> = {
  'local-sandbox': 'local sandbox',
  'bank-sandbox': "the bank's sandbox",
  production: 'production',
}

export const viewWords: Readonly<Record<ViewName, string>> = {
  registration: 'Registration',
  access: 'Access',
  consents: 'Consents',
  accounts: 'Accounts',
  payments: 'Payments',
  'recurring-payments': 'Recurring payments',
  baskets: 'Baskets',
  'funds-confirmation': 'Funds confirmation',
  applications: 'Applications',
  products: 'Products',
}

export const viewName = (view: string | null): string =>
  view === null ? 'Requests only' : Object.hasOwn(viewWords, view) ? viewWords[view as ViewName] : view

export type Origin = EnvironmentDetail['hosts'][number]['urlFrom']

export const originWords: Readonly<Record<Origin, readonly [Tone, string]>> = {
  document: ['neutral', 'from the document'],
  yours: ['accent', 'yours'],
  sandbox: ['good', 'running sandbox'],
  none: ['caution', 'missing'],
}

/** `3 operations`, `1 operation` */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

/** `10 min`, `90 d` */
export function duration(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ] as const
  const [size, unit] = units.find(([each]) => seconds >= each && seconds % each === 0) ?? [1, 's']
  return `${seconds / size} ${unit}`
}
