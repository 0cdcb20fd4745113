/** Where an application stands and what can be done with it now. */
import type { Country, PayexCustomer } from './customers.ts'
import type { Application } from './payex-state.ts'
import { signingOutcome } from './signing-outcome.ts'

export type ApplicationStatus =
  | 'AwaitingComplementaryInfo'
  | 'AwaitingSign'
  | 'InitilizedDigitalSign'
  | 'SignRejectedOrFailed'
  | 'AwaitingVerification'
  | 'Approved'
  | 'Rejected'

export type Relation =
  | 'add-kyc-answers'
  | 'redirect-kalp-dk'
  | 'add-sign-bankid-se'
  | 'begin-sign-bankid-se'
  | 'begin-sign-bankid-no'
  | 'begin-sign-mitid-dk'
  | 'verify-application'

/** How long a person at PayEx takes over an application that is looked at. */
const reviewMilliseconds = 60 * 60_000

function decided({ decision }: PayexCustomer, verifiedAt: number, now: number): ApplicationStatus {
  if (decision === 'rejected') return 'Rejected'
  return decision === 'reviewed' && now - verifiedAt < reviewMilliseconds ? 'AwaitingVerification' : 'Approved'
}

export function statusOf(application: Application, customer: PayexCustomer, now: number): ApplicationStatus {
  const { answers, kalp, signing, verifiedAt } = application
  if (verifiedAt !== null) return decided(customer, verifiedAt, now)
  const complete = answers !== null && (customer.country !== 'DK' || (kalp?.filledAt ?? null) !== null)
  if (!complete) return 'AwaitingComplementaryInfo'
  if (!signing) return 'AwaitingSign'
  const { status } = signingOutcome(signing, customer.habit, now)
  if (status === 'Pending') return 'InitilizedDigitalSign'
  return status === 'Complete' ? 'AwaitingVerification' : 'SignRejectedOrFailed'
}

const waysToSign: Readonly<Record<Country, readonly Relation[]>> = {
  SE: ['add-sign-bankid-se', 'begin-sign-bankid-se'],
  NO: ['begin-sign-bankid-no'],
  DK: ['begin-sign-mitid-dk'],
}

export function relationsOf(application: Application, customer: PayexCustomer, now: number): readonly Relation[] {
  const ways = waysToSign[customer.country]
  switch (statusOf(application, customer, now)) {
    case 'AwaitingComplementaryInfo': {
      const kalpOpen = customer.country === 'DK' && (application.kalp?.filledAt ?? null) === null
      return kalpOpen ? ['add-kyc-answers', 'redirect-kalp-dk'] : ['add-kyc-answers']
    }
    case 'AwaitingSign':
    case 'SignRejectedOrFailed':
      return ['add-kyc-answers', ...ways]
    case 'InitilizedDigitalSign':
      return ways
    case 'AwaitingVerification':
      return application.verifiedAt === null ? ['verify-application'] : []
    case 'Approved':
    case 'Rejected':
      return []
  }
}

const lastPart: Partial<Record<Relation, string>> = {
  'add-kyc-answers': 'kyc-answers',
  'add-sign-bankid-se': 'sign-bankid-se',
}

/** @param base path of the application. */
export const operationsOf = (relations: readonly Relation[], base: string) =>
  relations.map((rel) => ({ rel, method: 'POST', href: `${base}/${lastPart[rel] ?? rel}` }))
