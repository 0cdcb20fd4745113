/** The invented customers of the simulated Bank of Georgia. */
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { georgianIban } from './georgian-iban.ts'

export interface CurrencyAccount {
  readonly currency: string
  /** Where the balance stands at the end of each month, in hundredths. */
  readonly level: number
}

export interface BogAccount {
  readonly resourceId: string
  readonly iban: string
  readonly name: string
  readonly product: string
  readonly ownerName: string
  /** One, or several for an account that is listed as XXX. */
  readonly currencies: readonly CurrencyAccount[]
  /** By court order, say: nothing may be seen and nothing may leave. */
  readonly blocked: boolean
  /** Whom it belongs to; all of them see it, and all of a company's have to sign. */
  readonly holders: readonly string[]
  readonly flow: 'wages' | 'business' | 'till'
}

/** A card is an account of its own kind, which /v1/accounts does not serve. */
export interface BogCard {
  readonly resourceId: string
  readonly maskedPan: string
}

export interface BogCustomer {
  /** PSU-ID. */
  readonly id: string
  readonly name: string
  readonly localName: string
  readonly about: string
  readonly cards: readonly BogCard[]
  /** PSU-Corporate-ID of the company the customer signs for. */
  readonly company: string | null
  readonly foreignPayments: boolean
  /** The bank has closed online access and payments. */
  readonly blocked: boolean
  readonly alwaysDenies: boolean
}

type Traits = Partial<Omit<BogCustomer, 'id' | 'name' | 'localName' | 'about'>>

const customer = (id: string, name: string, localName: string, about: string, traits: Traits = {}): BogCustomer => ({
  cards: [],
  company: null,
  foreignPayments: true,
  blocked: false,
  alwaysDenies: false,
  ...traits,
  id,
  name,
  localName,
  about,
})

/** Identification number of the company with three signers. */
export const companyId = '404912345'
const signer = 'Signs for შპს კოლხეთი together with the two others'

export const bogCustomers: readonly BogCustomer[] = [
  customer(
    'nino.beridze',
    'Nino Beridze',
    'ნინო ბერიძე',
    'A lari account, one in three currencies, one blocked by a court, a card.',
    {
      cards: [{ resourceId: 'c4d1a000-0000-4000-8000-000000000001', maskedPan: '516801******4417' }],
    },
  ),
  customer(
    'giorgi.kapanadze',
    'Giorgi Kapanadze',
    'გიორგი კაპანაძე',
    'Shares a joint account with Ana; no foreign payments.',
    {
      foreignPayments: false,
    },
  ),
  customer(
    'ana.kapanadze',
    'Ana Kapanadze',
    'ანა კაპანაძე',
    'Shares a joint account with Giorgi; no foreign payments.',
    {
      foreignPayments: false,
    },
  ),
  customer('davit.uarashvili', 'Davit Uarashvili', 'დავით უარაშვილი', 'Declines whatever he is asked to authorise.', {
    alwaysDenies: true,
  }),
  customer(
    'zurab.chkheidze',
    'Zurab Chkheidze',
    'ზურაბ ჩხეიძე',
    'The bank has blocked his online access and his payments.',
    {
      blocked: true,
    },
  ),
  customer('tamar.lomidze', 'Tamar Lomidze', 'თამარ ლომიძე', `${signer}; director.`, { company: companyId }),
  customer('levan.gelashvili', 'Levan Gelashvili', 'ლევან გელაშვილი', `${signer}; chief accountant.`, {
    company: companyId,
  }),
  customer('ketevan.maisuradze', 'Ketevan Maisuradze', 'ქეთევან მაისურაძე', `${signer}; partner.`, {
    company: companyId,
  }),
]

type AccountSeed = Pick<BogAccount, 'name' | 'product' | 'ownerName' | 'currencies' | 'holders'> &
  Partial<Pick<BogAccount, 'blocked' | 'flow'>>

/** @param number last digits of account number and id. */
const account = (number: number, seed: AccountSeed): BogAccount => ({
  blocked: false,
  flow: 'wages',
  ...seed,
  resourceId: `a1b2c3d4-0000-4000-8000-${String(number).padStart(12, '0')}`,
  iban: georgianIban(`9000000${String(number).padStart(9, '0')}`),
})

const gel = (level: number): CurrencyAccount => ({ currency: 'GEL', level })
const universal = { product: 'უნივერსალური ანგარიში' }
const kapanadze = ['giorgi.kapanadze', 'ana.kapanadze']

export const bogAccounts: readonly BogAccount[] = [
  account(1, {
    ...universal,
    name: 'სახელფასო ანგარიში',
    ownerName: 'ნინო ბერიძე',
    currencies: [gel(482_350)],
    holders: ['nino.beridze'],
  }),
  account(2, {
    product: 'მულტისავალუტო ანგარიში',
    name: 'სამოგზაურო ანგარიში',
    ownerName: 'ნინო ბერიძე',
    currencies: [gel(91_200), { currency: 'USD', level: 64_000 }, { currency: 'EUR', level: 37_540 }],
    holders: ['nino.beridze'],
  }),
  account(3, {
    ...universal,
    name: 'დაყადაღებული ანგარიში',
    ownerName: 'ნინო ბერიძე',
    currencies: [gel(12_000)],
    holders: ['nino.beridze'],
    blocked: true,
  }),
  account(4, {
    ...universal,
    name: 'საოჯახო ანგარიში',
    ownerName: 'გიორგი და ანა კაპანაძე',
    currencies: [gel(735_910)],
    holders: kapanadze,
  }),
  account(5, {
    ...universal,
    name: 'მიმდინარე ანგარიში',
    ownerName: 'დავით უარაშვილი',
    currencies: [gel(205_000)],
    holders: ['davit.uarashvili'],
  }),
  account(6, {
    ...universal,
    name: 'მიმდინარე ანგარიში',
    ownerName: 'ზურაბ ჩხეიძე',
    currencies: [gel(98_700)],
    holders: ['zurab.chkheidze'],
  }),
  account(7, {
    product: 'ბიზნეს ანგარიში',
    name: 'მიმდინარე ანგარიში',
    ownerName: 'შპს კოლხეთი',
    currencies: [gel(18_450_000)],
    holders: bogCustomers.filter(({ company }) => company === companyId).map(({ id }) => id),
    flow: 'business',
  }),
  account(8, {
    product: 'ბიზნეს ანგარიში',
    name: 'სალარო',
    ownerName: 'შპს კოლხეთი',
    currencies: [gel(6_200_000)],
    holders: bogCustomers.filter(({ company }) => company === companyId).map(({ id }) => id),
    flow: 'till',
  }),
]

export const findCustomer = (id: string): BogCustomer | undefined => bogCustomers.find((one) => one.id === id)

export const findAccount = (iban: string | undefined): BogAccount | undefined =>
  bogAccounts.find((one) => one.iban === iban)

/** Whose signatures a thing of this account needs: one holder's, or all of a company's. */
export const signersOf = ({ holders }: BogAccount): readonly string[] =>
  holders.some((id) => findCustomer(id)?.company) ? holders : []

export const companySigners = (id: string): readonly string[] =>
  bogCustomers.filter(({ company }) => company === id).map((one) => one.id)

/** A utility that demands a payment reference in remittanceInformationUnstructured. */
export const creditorWithReference = georgianIban('1000000000000777')

export const publicCustomers: readonly SandboxCustomer[] = bogCustomers.map(
  ({ name, localName, id, company, about }) => ({
    name,
    parameters: { 'PSU-ID': id, ...(company && { 'PSU-Corporate-ID': company }) },
    about: `${localName}. ${about}`,
  }),
)

/** What every customer types where a bank asks for it outside its own page. */
export const embeddedSecrets = { password: 'sandbox', code: '246810' } as const

/** Ways to authorise, in the order the customer sees them. */
export const waysToAuthorise = [
  { id: 'mobile-bank', type: 'PUSH_OTP', label: 'Mobile bank', localLabel: 'მობაილბანკი' },
  { id: 'sms', type: 'SMS_OTP', label: 'SMS code', localLabel: 'SMS კოდი' },
] as const
