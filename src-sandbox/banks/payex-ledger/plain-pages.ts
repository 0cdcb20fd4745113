/** The pages that only say something: done, back at the shop, and the terms of the offer. */
import type { SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import type { Answer, Received } from '#sandbox/net/answer.ts'
import type { Country } from './customers.ts'
import { conditions } from './offer.ts'
import { agreementPath, donePath, shopPath, termsPath } from './page-paths.ts'
import { definitions, messagePage, payexPage } from './payex-page.ts'

const done: Readonly<Record<string, string>> = {
  signed: 'You have signed.',
  declined: 'You have cancelled. Nothing was signed or sent.',
  'filled-in': 'Your answers were sent.',
}

const shop: Readonly<Record<string, string>> = {
  approved: 'Your application was approved.',
  rejected: 'Your application was turned down.',
  cancelled: 'You have cancelled.',
}

const saying = (title: string, texts: Readonly<Record<string, string>>, otherwise: string) => (received: Received) => {
  const text = texts[received.query.get('result') ?? ''] ?? otherwise
  return messagePage(200, title, text)
}

const isCountry = (text: string): text is Country => Object.hasOwn(conditions, text)

const terms =
  (title: string) =>
  ({ query }: Received): Answer => {
    const country = query.get('country') ?? ''
    const { currency, maxCreditLimit, penaltyInterestRate, reminderFee, ...offer } =
      conditions[isCountry(country) ? country : 'SE']
    return payexPage({
      title: `${title}: ${offer.title}`,
      reason: `showed the ${title.toLowerCase()}`,
      body: definitions({
        'Highest credit limit': `${maxCreditLimit} ${currency}`,
        'Fee for a reminder': `${reminderFee} ${currency}`,
        'Interest on late payment': `${penaltyInterestRate} % a year`,
      }),
    })
  }

export const plainPages: SimulatedBank['pages'] = {
  [`GET ${donePath}`]: saying('Done', done, 'You can go back to the shop.'),
  [`GET ${shopPath}`]: saying('Back at the shop', shop, 'Welcome back.'),
  [`GET ${agreementPath}`]: terms('Standard European information'),
  [`GET ${termsPath}`]: terms('Terms of the account'),
}
