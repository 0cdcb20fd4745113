/** The page where a customer of demo_bank sees what a consent is for and decides. */
import { escapeHtml, page } from '#sandbox/bank/page.ts'
import type { Answer } from '#sandbox/net/answer.ts'
import { customerField, type DemoCustomer, demoCustomers, findCustomer } from './customers.ts'
import type { Consent } from './salt-edge-state.ts'

export const authorisePath = '/authorise'
export const stylesheetPath = '/sandbox.css'

export const waysToSign = [
  { id: 'app', label: 'Bank app' },
  { id: 'sms', label: 'Code by text message' },
] as const

export const withdrawal = { id: 'withdraw', label: 'Withdraw the consent' } as const

export interface Shown {
  readonly consent: Consent
  readonly tenant: string
  readonly customer: DemoCustomer | null
  /** A valid consent can only be taken back. */
  readonly valid: boolean
}

function whoIsHere({ consent, customer }: Shown): string {
  if (customer) return `<input type="hidden" name="${customerField}" value="${escapeHtml(customer.psuId)}">`
  const done = consent.decisions.map(({ psuId }) => psuId)
  const options = demoCustomers
    .filter(({ psuId }) => !done.includes(psuId))
    .map(({ psuId, name }) => `<option value="${psuId}">${escapeHtml(name)}</option>`)
  return `<p><label for="customer">Customer</label>
<select id="customer" name="${customerField}">
${options.join('\n')}
</select></p>`
}

function facts({ consent, tenant, customer }: Shown): string {
  const { account, cardInformation, registrationInformation } = consent.content
  const identifier =
    account.iban ?? account.bban ?? account.maskedPan ?? account.bankAccountIdentifier ?? account.msisdn
  const rows: [string, unknown][] = [
    ['Customer', customer?.name],
    ['Asked by', tenant],
    ['Account', identifier],
    ['Card', cardInformation],
    ['About', registrationInformation],
    ['Signed already', consent.decisions.map(({ psuId }) => findCustomer(psuId)?.name).join(', ')],
  ]
  return rows
    .filter(([, value]) => value)
    .map(([term, value]) => `<dt>${term}</dt><dd>${escapeHtml(String(value))}</dd>`)
    .join('\n')
}

export function authorisePage(shown: Shown): Answer {
  const { consent, valid } = shown
  const { origin } = new URL(consent.redirectUri ?? 'about:blank')
  const button = ({ id, label }: { id: string; label: string }): string =>
    `<button type="submit" name="method" value="${id}">${label}</button>`
  const choice = valid
    ? button(withdrawal)
    : `<fieldset>
<legend>Sign with</legend>
${waysToSign.map(button).join('\n')}
</fieldset>
<button type="submit" name="decision" value="deny">Deny</button>`
  return page({
    status: 200,
    title: 'Demo bank: consent',
    stylesheet: stylesheetPath,
    formTarget: origin,
    reason: `showed the page of consent ${consent.id}`,
    body: `<h1>Demo bank</h1>
<dl>
${facts(shown)}
</dl>
<h2>What it is about</h2>
<p>The company above may ask whether an amount is on this account. It sees yes or no and no balance.</p>
<form method="post" action="${authorisePath}">
<input type="hidden" name="consent" value="${escapeHtml(consent.id)}">
${whoIsHere(shown)}
${choice}
</form>`,
  })
}

export const errorPage = (status: number, title: string, explanation: string, reason = explanation): Answer =>
  page({
    status,
    title: `Demo bank: ${title}`,
    stylesheet: stylesheetPath,
    reason,
    body: `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(explanation)}</p>`,
  })
