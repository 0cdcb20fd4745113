/** The page where a customer says who he is, sees what is asked for and agrees or declines. */
import { escapeHtml, page } from '#sandbox/bank/page.ts'
import type { Answer } from '#sandbox/net/answer.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import type { Consent, Payment } from './bog-state.ts'
import { authorizePath } from './bog-surroundings.ts'
import { referencesOf } from './consent-access.ts'
import { type BogCustomer, waysToAuthorise } from './customers.ts'

export const stylesheetPath = '/sandbox.css'

const titles = {
  consent: 'ანგარიშებზე წვდომა / Access to your accounts',
  payment: 'გადახდა / Payment',
  cancellation: 'გადახდის გაუქმება / Cancellation of a payment',
} as const

const row = (term: string, text: string): string => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`

function consentRows({ access, validUntil, recurring, frequencyPerDay }: Consent): string[] {
  const accounts = [...new Set(referencesOf(access).map(({ iban, maskedPan }) => iban ?? maskedPan ?? ''))]
  return [
    row('Accounts', accounts.length > 0 ? accounts.join(', ') : 'all of yours'),
    row('Balances', access.balances || access.allPsd2 || access.availableAccountsWithBalance ? 'yes' : 'no'),
    row('Transactions', access.transactions || access.allPsd2 ? 'yes' : 'no'),
    row('Until', recurring ? `${validUntil}, ${frequencyPerDay} times a day` : 'once'),
  ]
}

function paymentRows({ content, product, service }: Payment): string[] {
  const all = content.payments ?? [content]
  const transfers = all.flatMap(({ instructedAmount, creditorName, creditorAccount }) => {
    const amount = instructedAmount ? `${instructedAmount.amount} ${instructedAmount.currency}` : ''
    return row('To', `${amount} → ${creditorName ?? ''} (${creditorAccount?.iban ?? 'another account'})`)
  })
  return [
    row('From', content.debtorAccount.iban ?? ''),
    ...transfers,
    row('Kind', `${service}, ${product}`),
    ...(content.frequency ? [row('How often', `${content.frequency} from ${content.startDate ?? ''}`)] : []),
  ]
}

function whatRows({ state, target }: AuthorizationRequest): string {
  const rows =
    target.kind === 'consent'
      ? consentRows(state.consents[target.resource] as Consent)
      : paymentRows(state.payments[target.resource] as Payment)
  return rows.join('\n')
}

/** A known customer is shown; otherwise the person says who he is. */
function customerField(customers: readonly BogCustomer[]): string {
  const [only] = customers
  if (only && customers.length === 1)
    return `<input type="hidden" name="PSU-ID" value="${escapeHtml(only.id)}">
<p>${escapeHtml(only.localName)} (${escapeHtml(only.name)})</p>`
  const options = customers
    .map(
      ({ id, name, localName }) => `<option value="${escapeHtml(id)}">${escapeHtml(`${localName} (${name})`)}</option>`,
    )
    .join('\n')
  return `<p><label for="psu">მომხმარებელი / Customer</label>
<select id="psu" name="PSU-ID">
${options}
</select></p>`
}

export function authorizePage(
  request: AuthorizationRequest,
  customers: readonly BogCustomer[],
  transaction: string,
): Answer {
  const { redirectUri, tenant, target, scope } = request
  const { origin } = new URL(redirectUri)
  const buttons = waysToAuthorise
    .map(({ id, label }) => `<button type="submit" name="method" value="${id}">${label}</button>`)
    .join('\n')
  return page({
    status: 200,
    title: 'Bank of Georgia: authorise',
    stylesheet: stylesheetPath,
    formTarget: origin,
    reason: `showed the page for scope ${scope}`,
    body: `<h1>Bank of Georgia</h1>
<h2>${titles[target.kind]}</h2>
<dl>
${row('Asked by', tenant.id)}
${row('Back to', origin)}
${whatRows(request)}
</dl>
<form method="post" action="${authorizePath}">
<input type="hidden" name="transaction" value="${transaction}">
${customerField(customers)}
<fieldset>
<legend>დადასტურება / Authorise with</legend>
${buttons}
</fieldset>
<button type="submit" name="decision" value="deny">უარყოფა / Deny</button>
</form>`,
  })
}

export const errorPage = (status: number, title: string, explanation: string, reason: string): Answer =>
  page({
    status,
    title: `Bank of Georgia: ${title}`,
    stylesheet: stylesheetPath,
    reason,
    body: `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(explanation)}</p>`,
  })
