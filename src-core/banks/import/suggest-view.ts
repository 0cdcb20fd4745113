/** Which view of the window a tag of the document belongs to, judged by Berlin Group paths and the tag's own name. */
import type { ViewName } from '#shared/bank-profile.ts'

/** The first that fits counts: a periodic payment is a payment too. */
const byPath: readonly (readonly [RegExp, ViewName])[] = [
  [/\/(funds-confirmations?|confirmation-of-funds|cof)(\/|$)/i, 'funds-confirmation'],
  [/\/(signing-baskets?|baskets?)(\/|$)/i, 'baskets'],
  [/\/(periodic-payments?|recurring-payments?|standing-orders?)(\/|$)/i, 'recurring-payments'],
  [/\/[\w-]*consents?(\/|$)/i, 'consents'],
  [/\/(payments?|bulk-payments?|payment-initiations?|\{payment-?service\})(\/|$)/i, 'payments'],
  [/\/(accounts?|card-accounts?|balances?|transactions?)(\/|$)/i, 'accounts'],
  [/\/(oauth2?|token|authori[sz]e|connect)(\/|$)/i, 'access'],
  [/\/(register|registrations?|clients?)(\/|$)/i, 'registration'],
  [/\/(applications?)(\/|$)/i, 'applications'],
  [/\/(products?)(\/|$)/i, 'products'],
]

const byName: readonly (readonly [RegExp, ViewName])[] = [
  [/funds|\b(cof|piis|cbpii)\b/i, 'funds-confirmation'],
  [/basket/i, 'baskets'],
  [/periodic|recurring|standing/i, 'recurring-payments'],
  [/consent/i, 'consents'],
  [/payment|\b(pis|pisp)\b/i, 'payments'],
  [/account|balance|transaction|\b(ais|aisp)\b/i, 'accounts'],
  [/oauth|token|authori[sz]ation/i, 'access'],
  [/regist|onboard/i, 'registration'],
]

const first = (rules: typeof byPath, text: string): ViewName | null =>
  rules.find(([looks]) => looks.test(text))?.[1] ?? null

/** The view most of the paths belong to; where they tell nothing, what the name says. */
export function suggestView(tag: string, paths: readonly string[]): ViewName | null {
  const votes = new Map<ViewName, number>()
  for (const path of paths) {
    const view = first(byPath, path)
    if (view !== null) votes.set(view, (votes.get(view) ?? 0) + 1)
  }
  const [most] = [...votes].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? first(byName, tag)
}
