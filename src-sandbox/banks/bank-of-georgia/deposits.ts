/** The invented term deposits of the catalogue. */
import { identified, type Locale, type Product, type Text, text } from './product.ts'

interface Deposit {
  readonly name: Text
  readonly about: Text
  readonly currency: string
  readonly opening: string
  readonly business: boolean
  /** From a day on, per cent a year. */
  readonly tiers: readonly (readonly [from: number, to: number, rate: number])[]
}

const currencies = [
  { currency: 'GEL', name: text('ლარი', 'lari'), base: 9.6 },
  { currency: 'USD', name: text('აშშ დოლარი', 'US dollar'), base: 2.1 },
  { currency: 'EUR', name: text('ევრო', 'euro'), base: 0.9 },
] as const
const kinds = [
  {
    name: text('ვადიანი ანაბარი', 'Term deposit'),
    about: text('პროცენტი ვადის ბოლოს', 'Interest at the end'),
    less: 0,
    business: false,
  },
  {
    name: text('ვადიანი ანაბარი ყოველთვიური გატანით', 'Term deposit with monthly interest'),
    about: text('%–ის ყოველთვიური გატანით', 'Interest paid every month'),
    less: 0.3,
    business: false,
  },
  {
    name: text('საბავშვო ანაბარი', 'Deposit for a child'),
    about: text('შევსების უფლებით', 'Can be added to'),
    less: 0.5,
    business: false,
  },
  {
    name: text('ვადიანი ანაბარი ბიზნესისთვის', 'Term deposit for business'),
    about: text('იურიდიული პირებისთვის', 'For companies'),
    less: 0.8,
    business: true,
  },
] as const
const spans = [
  [90, 179],
  [180, 359],
  [360, 539],
  [540, 750],
] as const

const deposits: readonly Deposit[] = kinds.flatMap((kind) =>
  currencies.map(({ currency, name, base }) => ({
    name: text(`${kind.name.ge}, ${name.ge}`, `${kind.name.en}, ${name.en}`),
    about: kind.about,
    currency,
    opening: kind.business ? '500' : '100',
    business: kind.business,
    tiers: spans.map(([from, to], step) => [
      from,
      to,
      Math.max(0, Math.round((base - kind.less + step * 0.4) * 10) / 10),
    ]),
  })),
)

function depositJson(
  { name, about, currency, opening, business, tiers }: Deposit,
  number: number,
  locale: Locale,
): Product {
  return {
    ...identified('TERM_DEPOSITS', number),
    name: name[locale],
    description: `${name[locale]} (${currency}): ${about[locale]}`,
    isTailored: false,
    constraints: [
      {
        constraintType: 'OPENING_BALANCE',
        additionalValue: opening,
        additionalInfo: text(`საწყისი თანხა ${opening} ერთეული`, `Opening balance ${opening} units`)[locale],
      },
    ],
    eligibility: [{ eligibilityType: business ? 'BUSINESS' : 'NATURAL_PERSON', additionalInfo: name[locale] }],
    depositRates: tiers.map(([minimumValue, maximumValue, rate]) => ({
      depositRateType: 'FIXED',
      rate: Math.round(rate * 10) / 1000,
      comparisonRate: rate,
      tiers: [{ name: null, unitOfMeasure: 'DAY', minimumValue, maximumValue, additionalInfo: about[locale] }],
    })),
  }
}

export const depositsIn = (locale: Locale): Product[] =>
  deposits.map((one, index) => depositJson(one, index + 1, locale))
