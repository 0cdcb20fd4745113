/** What a new credit account comes with, by country. */
import type { Country } from './customers.ts'
import { agreementPath, termsPath } from './page-paths.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'

interface Conditions {
  readonly title: string
  readonly currency: string
  readonly maxCreditLimit: number
  readonly reminderFee: number
  /** Per cent a year. */
  readonly penaltyInterestRate: number
}

export const conditions: Readonly<Record<Country, Conditions>> = {
  SE: { title: 'Kreditkonto', currency: 'SEK', maxCreditLimit: 20_000, reminderFee: 60, penaltyInterestRate: 19.5 },
  NO: { title: 'Kredittkonto', currency: 'NOK', maxCreditLimit: 20_000, reminderFee: 35, penaltyInterestRate: 12.25 },
  DK: { title: 'Kreditkonto', currency: 'DKK', maxCreditLimit: 15_000, reminderFee: 100, penaltyInterestRate: 10.75 },
}

export const offerFor = (payex: PayexSurroundings, country: Country) => ({
  accountProfile: 'standard',
  ...conditions[country],
  termsAndConditions: {
    standardEuropeanAgreements: payex.pageUrl(agreementPath, { country }),
    accountTerms: payex.pageUrl(termsPath, { country }),
  },
})
