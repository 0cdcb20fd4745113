/** The page where a customer sees who wants what and signs or declines. */
import { escapeHtml, page } from '#sandbox/bank/page.ts'
import type { Answer } from '#sandbox/net/answer.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import { scopeInWords } from './scope.ts'

export const stylesheetPath = '/sandbox.css'
export const authorizePath = '/oauth/v2/authorize'

export const waysToSign = [
  { id: 'mobile-bankid', label: 'Mobile BankID' },
  { id: 'personal-device', label: 'Personal device' },
  { id: 'card-and-device', label: 'Card and device' },
] as const

function scopeList({ tenant, scopes }: AuthorizationRequest): string {
  return scopes
    .map((scope) => scopeInWords(tenant, scope))
    .map(({ sentence, payments }) => {
      const list = payments.map((payment) => `<li>${escapeHtml(payment)}</li>`).join('')
      return `<p>${escapeHtml(sentence)}</p>${list && `<ul>${list}</ul>`}`
    })
    .join('\n')
}

export function authorizePage(request: AuthorizationRequest, transaction: string): Answer {
  const { customer, redirectUri, tenant } = request
  const { origin } = new URL(redirectUri)
  const buttons = waysToSign
    .map(({ id, label }) => `<button type="submit" name="method" value="${id}">${label}</button>`)
    .join('\n')
  return page({
    status: 200,
    title: 'ICA Banken: sign',
    stylesheet: stylesheetPath,
    formTarget: origin,
    reason: `showed ${customer.name} the page for scope ${request.scope}`,
    body: `<h1>ICA Banken</h1>
<dl>
<dt>Customer</dt><dd>${escapeHtml(customer.name)}</dd>
<dt>Asked by</dt><dd>${escapeHtml(tenant.id)}</dd>
<dt>Back to</dt><dd>${escapeHtml(origin)}</dd>
</dl>
<h2>What you agree to</h2>
${scopeList(request)}
<form method="post" action="${authorizePath}">
<input type="hidden" name="transaction" value="${transaction}">
<fieldset>
<legend>Sign with</legend>
${buttons}
</fieldset>
<button type="submit" name="decision" value="deny">Deny</button>
</form>`,
  })
}

export const errorPage = (status: number, title: string, explanation: string, reason: string): Answer =>
  page({
    status,
    title: `ICA Banken: ${title}`,
    stylesheet: stylesheetPath,
    reason,
    body: `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(explanation)}</p>`,
  })
