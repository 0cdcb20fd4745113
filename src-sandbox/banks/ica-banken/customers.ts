/** The invented customers of the simulated ICA Banken. */
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { swedishIban } from './iban.ts'

export interface IcaAccount {
  readonly resourceId: string
  readonly bban: string
  readonly iban: string
  readonly name: string
  readonly product: string
  readonly ownerName: string
  readonly details: string
  /** Where the balance stands at the end of each month, in öre: every month's transactions add up to zero. */
  readonly level: number
  readonly creditLimit: number
  /** What comes and goes on it. */
  readonly flow: 'wages' | 'savings' | 'invoice'
  /** A Fakturakonto can be read but no credit transfer can leave it. */
  readonly debitable: boolean
}

export interface IcaCustomer {
  readonly name: string
  readonly ssn: string
  readonly about: string
  readonly accounts: readonly IcaAccount[]
  /** Has not answered the bank's know-your-customer questions. */
  readonly outstandingKyc: boolean
  readonly alwaysDenies: boolean
}

type AccountSeed = Omit<IcaAccount, 'iban' | 'ownerName' | 'creditLimit' | 'debitable' | 'flow'> &
  Partial<Pick<IcaAccount, 'creditLimit' | 'debitable' | 'flow'>>

const account = (ownerName: string, seed: AccountSeed): IcaAccount => ({
  creditLimit: 0,
  debitable: true,
  flow: 'wages',
  ...seed,
  ownerName,
  iban: swedishIban(seed.bban),
})

const customer = (
  name: string,
  ssn: string,
  about: string,
  accounts: readonly AccountSeed[],
  traits: Partial<Pick<IcaCustomer, 'outstandingKyc' | 'alwaysDenies'>> = {},
): IcaCustomer => ({
  outstandingKyc: false,
  alwaysDenies: false,
  ...traits,
  name,
  ssn,
  about,
  accounts: accounts.map((seed) => account(name, seed)),
})

const wages = { product: 'ICA Konto', name: 'Lönekonto', details: 'Kort ICA Bankkort Plus' }

export const icaCustomers: readonly IcaCustomer[] = [
  customer('Anna Andersson', '197202022385', 'Two accounts, 18 months of transactions.', [
    {
      ...wages,
      resourceId: '5b1f7a3e-94c2-4d0a-8a67-1f20c3d4e501',
      bban: '92710000016',
      level: 2_418_240,
      creditLimit: 1_000_000,
    },
    {
      resourceId: '5b1f7a3e-94c2-4d0a-8a67-1f20c3d4e502',
      bban: '92710000024',
      name: 'Sparkonto',
      product: 'ICA Sparkonto',
      details: 'Sparkonto utan kort',
      flow: 'savings',
      level: 15_200_000,
    },
  ]),
  customer('Erik och Maja Lindqvist', '197903141203', 'A joint account with two holders, and a Fakturakonto.', [
    {
      ...wages,
      resourceId: '8c20d6b1-0e4f-4b7c-9d13-2a31d4e5f601',
      bban: '92710000032',
      name: 'Gemensamt konto',
      level: 3_904_050,
    },
    {
      resourceId: '8c20d6b1-0e4f-4b7c-9d13-2a31d4e5f602',
      bban: '92710000040',
      name: 'Fakturakonto',
      product: 'Fakturakonto',
      details: 'Kort ICA Bankkort Plus, faktureras',
      level: 0,
      creditLimit: 3_000_000,
      debitable: false,
      flow: 'invoice',
    },
  ]),
  customer(
    'Karin KYC',
    '196507116629',
    'Has not answered the questions every bank must ask: blocked until she does.',
    [{ ...wages, resourceId: 'a94e3c57-6d12-4f88-b0c5-3b42e5f60701', bban: '92710000057', level: 1_120_000 }],
    { outstandingKyc: true },
  ),
  customer(
    'Nils Nej',
    '198809239711',
    'Declines whatever he is asked to sign.',
    [{ ...wages, resourceId: 'c7d85f02-3b9a-4e61-8f2d-4c53f6071801', bban: '92710000065', level: 560_000 }],
    { alwaysDenies: true },
  ),
  customer('Tomas Tom', '200111053344', 'A customer without any payment account.', []),
]

export const findCustomer = (ssn: string): IcaCustomer | undefined =>
  icaCustomers.find((candidate) => candidate.ssn === ssn)

export const publicCustomers: readonly SandboxCustomer[] = icaCustomers.map(({ name, ssn, about }) => ({
  name,
  parameters: { ssn },
  about,
}))

/** Account ids that exist to provoke one answer, whoever asks. */
export const fixtureAccounts = {
  /** An account that was closed: "Account is not valid". */
  terminated: 'terminated',
  /** So many transactions that a long span times out. */
  huge: 'huge',
} as const
