/** The invented personal loans of the catalogue. */
import { identified, type Locale, type Product, type Text, text } from './product.ts'

interface Loan {
  readonly name: Text
  readonly about: Text
  /** A fraction. */
  readonly rate: number
  readonly limits: readonly [string, string]
  readonly months: number
}

const loan = (name: Text, about: Text, rate: number, limits: readonly [string, string], months: number): Loan => ({
  name,
  about,
  rate,
  limits,
  months,
})

const loans: readonly Loan[] = [
  loan(
    text('ავტო სესხი', 'Car loan'),
    text('ახალი ან მეორადი ავტომობილისთვის', 'For a new or used car'),
    0.149,
    ['2000.00', '150000.00'],
    72,
  ),
  loan(
    text('სამომხმარებლო სესხი', 'Consumer loan'),
    text('ნებისმიერი მიზნისთვის', 'For any purpose'),
    0.169,
    ['300.00', '80000.00'],
    60,
  ),
  loan(
    text('სტუდენტური სესხი', 'Student loan'),
    text('სწავლის საფასურისთვის', 'For tuition fees'),
    0.099,
    ['500.00', '30000.00'],
    84,
  ),
  loan(
    text('სარემონტო სესხი', 'Renovation loan'),
    text('ბინის რემონტისთვის', 'To renovate a home'),
    0.155,
    ['1000.00', '50000.00'],
    60,
  ),
  loan(
    text('სწრაფი სესხი', 'Quick loan'),
    text('მობაილბანკში, რამდენიმე წუთში', 'In the mobile bank, in a few minutes'),
    0.24,
    ['200.00', '5000.00'],
    24,
  ),
  loan(
    text('განვადება', 'Instalment plan'),
    text('პარტნიორ მაღაზიებში', 'At partner shops'),
    0.12,
    ['100.00', '20000.00'],
    36,
  ),
  loan(
    text('მწვანე სესხი', 'Green loan'),
    text('მზის პანელებისთვის', 'For solar panels'),
    0.115,
    ['1000.00', '60000.00'],
    72,
  ),
  loan(
    text('ლომბარდული სესხი', 'Pawn loan'),
    text('ოქროს უზრუნველყოფით', 'Secured by gold'),
    0.19,
    ['100.00', '25000.00'],
    12,
  ),
  loan(
    text('რეფინანსირება', 'Refinancing'),
    text('სხვა ბანკის სესხის დასაფარად', 'To repay a loan of another bank'),
    0.139,
    ['1000.00', '80000.00'],
    60,
  ),
  loan(
    text('აგრო სესხი', 'Farm loan'),
    text('მცირე მეურნეობისთვის', 'For a small farm'),
    0.16,
    ['1000.00', '40000.00'],
    48,
  ),
  loan(
    text('სამოგზაურო სესხი', 'Travel loan'),
    text('მოგზაურობისთვის', 'For travelling'),
    0.179,
    ['300.00', '15000.00'],
    24,
  ),
]

function loanJson({ name, about, rate, limits, months }: Loan, number: number, locale: Locale): Product {
  const percent = (rate * 100).toFixed(2)
  return {
    ...identified('PERS_LOANS', number),
    name: name[locale],
    description: about[locale],
    brand: 'BOG',
    brandName: text('საქართველოს ბანკი', 'Bank of Georgia')[locale],
    isTailored: false,
    features: [{ featureType: 'OTHER', additionalValue: null, additionalInfo: about[locale] }],
    constraints: [
      { constraintType: 'MIN_LIMIT', additionalValue: limits[0] },
      { constraintType: 'MAX_LIMIT', additionalValue: limits[1] },
    ],
    eligibility: [
      {
        eligibilityType: 'RESIDENCY_STATUS',
        additionalValue: 'GE',
        additionalInfo: text('უნდა იყოთ საქართველოს მოქალაქე', 'Georgian citizens')[locale],
      },
    ],
    fees: [
      {
        name: text('გაცემის საკომისიო', 'Disbursement fee')[locale],
        feeType: 'UPFRONT',
        balanceRate: 1,
        currency: 'GEL',
      },
    ],
    lendingRates: [
      {
        lendingRateType: 'FIXED',
        rate,
        comparisonRate: percent,
        calculationFrequency: 'P1D',
        interestPaymentDue: 'IN_ARREARS',
        repaymentType: 'PRINCIPAL_AND_INTEREST',
        applicationFrequency: 'P1M',
        additionalValue: 'P1Y',
        additionalInfo: text(
          `3-${months} თვე, ეფექტური განაკვეთი ${percent}%-დან`,
          `3-${months} months, effective rate from ${percent} %`,
        )[locale],
      },
    ],
  }
}

export const loansIn = (locale: Locale): Product[] => loans.map((one, index) => loanJson(one, index + 1, locale))
