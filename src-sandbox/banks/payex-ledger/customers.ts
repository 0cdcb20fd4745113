/** The invented customers of the simulated PayEx ledger, and what each of them does when asked to sign. */

export type Country = 'SE' | 'NO' | 'DK'

/** Number of the ledger's owner → the country of the company. */
export const ledgers: Readonly<Record<string, Country>> = { '1001': 'SE', '1002': 'NO', '1003': 'DK' }

/** What a Swedish customer does with a BankID order nobody opens a page for. */
export type BankIdHabit = 'signs' | 'never-opens' | 'has-no-bankid' | 'never-signs' | 'cancels' | 'blocked' | 'collides'

export interface PayexCustomer {
  readonly key: string
  readonly name: string
  readonly ledger: string
  readonly country: Country
  readonly about: string
  /** Personal number as the country writes it. */
  readonly nationalId: string
  readonly msisdn: string
  readonly habit: BankIdHabit
  /** What becomes of a signed application. */
  readonly decision: 'approved' | 'rejected' | 'reviewed'
  /** Must answer every question, not only the one the law asks of everybody. */
  readonly answersAll: boolean
  readonly alwaysDenies: boolean
}

type Seed = Pick<PayexCustomer, 'name' | 'about' | 'nationalId'> & Partial<PayexCustomer>

const keyOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')

const customersOf = (ledger: string, country: Country, seeds: readonly Seed[]): readonly PayexCustomer[] =>
  seeds.map((seed) => ({
    key: keyOf(seed.name),
    ledger,
    country,
    msisdn: '',
    habit: 'signs',
    decision: 'approved',
    answersAll: false,
    alwaysDenies: false,
    ...seed,
  }))

const swedish = customersOf('1001', 'SE', [
  { name: 'Sven Svensson', nationalId: '199001152384', about: 'Scans, signs and is approved: nine seconds.' },
  {
    name: 'Stina Sovande',
    nationalId: '198512249815',
    habit: 'never-opens',
    about: 'Does not open BankID: OutstandingTransaction, after 30 seconds StartFailed.',
  },
  {
    name: 'Lars Letar',
    nationalId: '197806063951',
    habit: 'has-no-bankid',
    about: 'Opens the app and finds no BankID in it: Started, after 3 minutes ExpiredTransaction.',
  },
  {
    name: 'Tilda Tveksam',
    nationalId: '199308204467',
    habit: 'never-signs',
    about: 'Does not enter the code: UserSign, after 3 minutes ExpiredTransaction.',
  },
  {
    name: 'Nils Nej',
    nationalId: '198809239711',
    alwaysDenies: true,
    about: 'Declines whatever he is asked, the identification to begin with.',
  },
  {
    name: 'Ulla Ångrar',
    nationalId: '198203114423',
    habit: 'cancels',
    about: 'Changes her mind when she sees what she signs: UserCancel.',
  },
  {
    name: 'Cecilia Spärrad',
    nationalId: '196911302683',
    habit: 'blocked',
    about: 'Her BankID is blocked: CertificateErr.',
  },
  {
    name: 'Kalle Krock',
    nationalId: '200002291234',
    habit: 'collides',
    about: 'Begins another BankID order at the same time, so that this one is Cancelled.',
  },
  {
    name: 'Frida Fråga',
    nationalId: '199904041287',
    answersAll: true,
    about: 'Has to answer all questions, with their sub-questions and free texts.',
  },
  {
    name: 'Gunnar Granskas',
    nationalId: '195503174531',
    decision: 'reviewed',
    about: 'Somebody looks at his application: AwaitingVerification for an hour, then Approved.',
  },
  {
    name: 'Åke Avslag',
    nationalId: '196402085612',
    decision: 'rejected',
    about: 'Signs, and is turned down: Rejected.',
  },
])

const norwegian = customersOf('1002', 'NO', [
  {
    name: 'Nora Nordmann',
    nationalId: '29090816894',
    msisdn: '1422678453',
    about: 'Signs on the page and is approved.',
  },
  {
    name: 'Arne Avslag',
    nationalId: '17876512345',
    msisdn: '4790000002',
    decision: 'rejected',
    about: 'Signs, and is turned down: Rejected.',
  },
  {
    name: 'Njål Nei',
    nationalId: '03897954321',
    msisdn: '4790000003',
    alwaysDenies: true,
    about: 'Declines whatever he is asked, the identification to begin with.',
  },
  {
    name: 'Solveig Spørsmål',
    nationalId: '11859967890',
    msisdn: '4790000004',
    answersAll: true,
    about: 'Has to answer all questions, with their sub-questions and free texts.',
  },
])

const danish = customersOf('1003', 'DK', [
  { name: 'Ditte Dansk', nationalId: '1507079942', about: 'Fills in the Kalp form, signs and is approved.' },
  {
    name: 'Anders Afslag',
    nationalId: '0101700000',
    decision: 'rejected',
    about: 'Signs, and is turned down: Rejected.',
  },
  {
    name: 'Niels Nej',
    nationalId: '0202800000',
    alwaysDenies: true,
    about: 'Declines whatever he is asked, the identification to begin with.',
  },
])

export const payexCustomers: readonly PayexCustomer[] = [...swedish, ...norwegian, ...danish]

export const findCustomer = (key: string): PayexCustomer | undefined =>
  payexCustomers.find((candidate) => candidate.key === key)
