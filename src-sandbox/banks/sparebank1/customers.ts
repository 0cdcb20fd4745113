/** The invented customers of the simulated SpareBank 1. */
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { norwegianIban } from './account-numbers.ts'

export interface Sb1Account {
  readonly iban: string
  readonly currency: 'NOK' | 'EUR'
  /** In hundredths, before what was paid here. */
  readonly balance: number
  /** A savings account can be seen, but nothing is paid from it. */
  readonly debitable: boolean
}

export interface Sb1Customer {
  readonly name: string
  readonly psuId: string
  readonly nationalId: string
  /** Agreement of the company the customer may act for. */
  readonly corporateId: string | null
  readonly about: string
  readonly accounts: readonly Sb1Account[]
  readonly blocked: boolean
  readonly alwaysDenies: boolean
}

const account = (number: string, currency: Sb1Account['currency'], balance: number, debitable = true): Sb1Account => ({
  iban: norwegianIban(number),
  currency,
  balance,
  debitable,
})

const customer = (
  name: string,
  psuId: string,
  nationalId: string,
  about: string,
  accounts: readonly Sb1Account[],
  traits: Partial<Sb1Customer> = {},
): Sb1Customer => ({
  corporateId: null,
  blocked: false,
  alwaysDenies: false,
  ...traits,
  name,
  psuId,
  nationalId,
  about: `${about} ${accounts.map(({ iban, currency }) => `${iban} (${currency})`).join(', ')}`.trim(),
  accounts,
})

export const sb1Customers: readonly Sb1Customer[] = [
  customer('Ola Nordmann', 'ola.nordmann', '01010112345', 'A current, a euro and a savings account:', [
    account('86011117947', 'NOK', 8_542_050),
    account('86011117955', 'EUR', 420_000),
    account('86011117963', 'NOK', 31_000_000, false),
  ]),
  customer('Kari og Per Hansen', 'kari.hansen', '12057845678', 'A joint account with two holders:', [
    account('86011118005', 'NOK', 15_230_000),
  ]),
  customer(
    'Ingrid Bergsjø',
    'ingrid.bergsjo',
    '23088234567',
    'Pays for Fjordfisk Ålesund AS under agreement 987654321:',
    [account('86011119001', 'EUR', 25_000_000)],
    { corporateId: '987654321' },
  ),
  customer(
    'Nina Nei',
    'nina.nei',
    '04049523456',
    'Declines whatever she is asked to sign:',
    [account('86011118110', 'NOK', 1_250_000)],
    { alwaysDenies: true },
  ),
  customer(
    'Bjørn Blokkert',
    'bjorn.blokkert',
    '30116534567',
    'Blocked by the bank:',
    [account('86011118218', 'NOK', 99_000)],
    { blocked: true },
  ),
]

/** An invented electricity company, whose account takes payments with a KID only. */
export const kidOnlyCreditor = norwegianIban('86011110003')

/** The name under which the bank is told who the customer is, in a header and in its own form. */
export const customerField = 'PSU-ID'

export const findCustomer = (psuId: string | null): Sb1Customer | undefined =>
  sb1Customers.find((candidate) => candidate.psuId === psuId)

export const findAccount = (iban: string): Sb1Account | undefined =>
  sb1Customers.flatMap(({ accounts }) => accounts).find((candidate) => candidate.iban === iban)

export const publicCustomers: readonly SandboxCustomer[] = sb1Customers.map(({ name, psuId, about }) => ({
  name,
  parameters: { [customerField]: psuId },
  about,
}))
