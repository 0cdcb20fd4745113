/** The invented customers of demo_bank, the one bank behind the simulated Salt Edge. */
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import type { AccountReference } from './salt-edge-state.ts'

export const demoBank = 'demo_bank'

export interface DemoCustomer {
  readonly name: string
  readonly psuId: string
  readonly about: string
  readonly alwaysDenies: boolean
}

export interface DemoAccount {
  readonly identifiers: Omit<AccountReference, 'currency'>
  /** Customers who hold it. */
  readonly holders: readonly string[]
  /** How many of them have to authorise a consent. */
  readonly signatures: number
  /** Currency → what is available, in hundredths; the first is the account's own. */
  readonly balances: Readonly<Record<string, number>>
}

const customer = (name: string, psuId: string, about: string, alwaysDenies = false): DemoCustomer => ({
  name,
  psuId,
  about,
  alwaysDenies,
})

export const demoCustomers: readonly DemoCustomer[] = [
  customer('Maria Ionescu', 'maria', "Holds the account of Salt Edge's printed samples, in EUR and USD."),
  customer('Elena și Andrei Popescu', 'popescu', 'A joint account: DE02100100109307118603.'),
  customer('Radu Anker', 'radu', 'One of two who must sign for Anker Trading: DE02300209000106531065.'),
  customer('Ioana Anker', 'ioana', 'The other who must sign for Anker Trading.'),
  customer('Gelu Gol', 'gelu', 'An account with nothing on it: DE02500105170137075030.'),
  customer('Nicolae Nu', 'nicolae', 'Declines whatever he is asked: DE02120300000000202051.', true),
]

export const demoAccounts: readonly DemoAccount[] = [
  {
    identifiers: {
      iban: 'DE2310010010123456789',
      bban: '539007547034',
      pan: '1234123412341234',
      maskedPan: '123456xxxxxx1234',
      msisdn: '447912345678',
      bankAccountIdentifier: '123412341234',
    },
    holders: ['maria'],
    signatures: 1,
    balances: { EUR: 234_050, USD: 81_200 },
  },
  {
    identifiers: { iban: 'DE02100100109307118603' },
    holders: ['popescu'],
    signatures: 1,
    balances: { EUR: 1_820_410 },
  },
  {
    identifiers: { iban: 'DE02300209000106531065' },
    holders: ['radu', 'ioana'],
    signatures: 2,
    balances: { EUR: 12_500_000 },
  },
  { identifiers: { iban: 'DE02500105170137075030' }, holders: ['gelu'], signatures: 1, balances: { EUR: 0 } },
  { identifiers: { iban: 'DE02120300000000202051' }, holders: ['nicolae'], signatures: 1, balances: { EUR: 40_000 } },
]

/** Which identifier counts where several are given: the first the bank knows. */
const order = ['iban', 'bban', 'pan', 'maskedPan', 'msisdn', 'bankAccountIdentifier'] as const

/** Blanks are for print. */
const compact = (text: string): string => text.replace(/\s/g, '').toUpperCase()

export function findAccount(reference: AccountReference): DemoAccount | undefined {
  for (const name of order) {
    const wanted = reference[name]
    const known = (account: DemoAccount): boolean => compact(account.identifiers[name] ?? '') === compact(wanted ?? '')
    const found = wanted?.trim() ? demoAccounts.find(known) : undefined
    if (found) return found
  }
  return undefined
}

export const findCustomer = (psuId: string): DemoCustomer | undefined =>
  demoCustomers.find((candidate) => candidate.psuId === psuId)

/** The name under which the bank is told who the customer is, in a header and in its own form. */
export const customerField = 'Psu-ID'

export const publicCustomers: readonly SandboxCustomer[] = demoCustomers.map(({ name, psuId, about }) => ({
  name,
  parameters: { [customerField]: psuId },
  about,
}))
