/** The bank's page "tap", where a customer sees a payment and approves or declines it. */
import { escapeHtml, page } from '#sandbox/bank/page.ts'
import type { Answer } from '#sandbox/net/answer.ts'
import { customerField, type Sb1Customer, sb1Customers } from './customers.ts'
import type { Challenge } from './sb1-state.ts'

export const tapPath = '/tap'
export const stylesheetPath = '/sandbox.css'

const norwegian = {
  language: 'nb',
  title: 'Godkjenn betaling',
  customer: 'Kunde',
  asked: 'Bestilt av',
  from: 'Fra konto',
  to: 'Til',
  amount: 'Beløp',
  day: 'Betalingsdato',
  sign: 'Godkjenn med',
  ways: { bankid: 'BankID', biometrics: 'Mobilappen' },
  deny: 'Avbryt',
}

type Words = typeof norwegian

const english: Words = {
  language: 'en',
  title: 'Approve payment',
  customer: 'Customer',
  asked: 'Asked by',
  from: 'From account',
  to: 'To',
  amount: 'Amount',
  day: 'Day of payment',
  sign: 'Approve with',
  ways: { bankid: 'BankID', biometrics: 'Mobile app' },
  deny: 'Cancel',
}

const wordsFor = (locale: string): Words => (/^en\b/i.test(locale) ? english : norwegian)

export const waysToSign: readonly string[] = Object.keys(norwegian.ways)

function whoIsHere(customer: Sb1Customer | null, words: Words): string {
  if (customer) return `<input type="hidden" name="${customerField}" value="${escapeHtml(customer.psuId)}">`
  const options = sb1Customers.map(({ psuId, name }) => `<option value="${psuId}">${escapeHtml(name)}</option>`)
  return `<p><label for="customer">${words.customer}</label>
<select id="customer" name="${customerField}">
${options.join('\n')}
</select></p>`
}

function facts({ content }: Challenge, tenant: string, customer: Sb1Customer | null, words: Words): string {
  const { instructedAmount, creditorName, creditorAccount, debtorAccount, requestedExecutionDate } = content
  const rows: [string, string | undefined][] = [
    [words.customer, customer?.name],
    [words.asked, tenant],
    [words.from, debtorAccount.iban],
    [words.to, `${creditorName}, ${creditorAccount.iban}`],
    [words.amount, `${instructedAmount.amount} ${instructedAmount.currency}`],
    [words.day, requestedExecutionDate],
  ]
  return rows.map(([term, value]) => (value ? `<dt>${term}</dt><dd>${escapeHtml(value)}</dd>` : '')).join('\n')
}

/** Where the form may lead: an origin, or the scheme of an app. */
function formTarget(uri: string): string {
  const { origin, protocol } = new URL(uri)
  return origin === 'null' ? protocol : origin
}

export function tapPage(challenge: Challenge, tenant: string, customer: Sb1Customer | null, locale: string): Answer {
  const words = wordsFor(locale)
  const buttons = Object.entries(words.ways).map(
    ([id, label]) => `<button type="submit" name="method" value="${id}">${label}</button>`,
  )
  return page({
    status: 200,
    language: words.language,
    title: `SpareBank 1: ${words.title}`,
    stylesheet: stylesheetPath,
    ...(challenge.redirectUri === null ? {} : { formTarget: formTarget(challenge.redirectUri) }),
    reason: `showed the page of payment ${challenge.state}`,
    body: `<h1>${words.title}</h1>
<dl>
${facts(challenge, tenant, customer, words)}
</dl>
<form method="post" action="${tapPath}">
<input type="hidden" name="state" value="${escapeHtml(challenge.state)}">
${whoIsHere(customer, words)}
<fieldset>
<legend>${words.sign}</legend>
${buttons.join('\n')}
</fieldset>
<button type="submit" name="decision" value="deny">${words.deny}</button>
</form>`,
  })
}

export const messagePage = (status: number, title: string, explanation: string): Answer =>
  page({
    status,
    title: `SpareBank 1: ${title}`,
    stylesheet: stylesheetPath,
    reason: explanation,
    body: `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(explanation)}</p>`,
  })
