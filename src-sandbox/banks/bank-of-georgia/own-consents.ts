/** The page of the bank where a customer sees the consents a TPP has, and takes one back. */

import { dayOf } from '#sandbox/bank/calendar.ts'
import { escapeHtml, page } from '#sandbox/bank/page.ts'
import type { PageAnswer } from '#sandbox/bank/simulated-bank.ts'
import { emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import { errorPage, stylesheetPath } from './authorize-page.ts'
import { type Consent, peekBogState } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { consentStatus } from './consent-status.ts'
import { type BogCustomer, findCustomer } from './customers.ts'

/** With `client_id`, the organisation identifier of the TPP. */
export const consentsPath = '/consents'

const validConsents = (tenant: Tenant): Consent[] =>
  Object.values(peekBogState(tenant)?.consents ?? {}).filter(
    (consent) => consentStatus(consent, tenantNow(tenant)) === 'valid',
  )

const customersOf = (consents: readonly Consent[]): BogCustomer[] =>
  [...new Set(consents.flatMap(({ signedBy }) => signedBy))].flatMap((id) => findCustomer(id) ?? [])

const button = ({ id, validUntil, signedBy }: Consent): string =>
  `<button type="submit" name="method" value="${id}">გაუქმება / Take back: ${escapeHtml(signedBy.join(', '))}, until ${validUntil}</button>`

function consentsForm(tenant: Tenant, consents: readonly Consent[]): string {
  if (consents.length === 0) return '<p>No consent is valid.</p>'
  const options = customersOf(consents)
    .map(
      ({ id, name, localName }) => `<option value="${escapeHtml(id)}">${escapeHtml(`${localName} (${name})`)}</option>`,
    )
    .join('\n')
  return `<form method="post" action="${consentsPath}">
<input type="hidden" name="client_id" value="${escapeHtml(tenant.id)}">
<p><label for="psu">მომხმარებელი / Customer</label>
<select id="psu" name="PSU-ID">
${options}
</select></p>
${consents.map(button).join('\n')}
</form>`
}

const unknownTpp = (id: string): PageAnswer =>
  errorPage(
    404,
    'Unknown TPP',
    'The address names no TPP the bank has met (client_id).',
    `no TPP ${JSON.stringify(id)}`,
  )

export const showConsents =
  (bog: BogSurroundings) =>
  ({ query }: Received): PageAnswer => {
    const id = query.get('client_id') ?? ''
    const tenant = bog.tenants.peek(id)
    if (!tenant) return unknownTpp(id)
    const consents = validConsents(tenant)
    const shown = page({
      status: 200,
      title: 'Bank of Georgia: consents',
      stylesheet: stylesheetPath,
      reason: `showed ${consents.length} valid consents`,
      body: `<h1>Bank of Georgia</h1>
<h2>თანხმობები / Consents of ${escapeHtml(tenant.id)}</h2>
${consentsForm(tenant, consents)}`,
    })
    return { ...shown, tenant: tenant.id }
  }

export const revokeConsent =
  (bog: BogSurroundings) =>
  (received: Received): PageAnswer => {
    const own = new URL(bog.baseUrl('pages')).origin
    const origin = headerOf(received, 'origin')
    if (origin !== undefined && origin !== own)
      return errorPage(403, 'Refused', 'This form was sent from another page.', `the form came from ${origin}`)
    const form = new URLSearchParams(received.body.toString('utf8'))
    const id = form.get('client_id') ?? ''
    const tenant = bog.tenants.peek(id)
    if (!tenant) return unknownTpp(id)
    const consent = validConsents(tenant).find((one) => one.id === form.get('method'))
    if (!consent?.signedBy.includes(form.get('PSU-ID') ?? ''))
      return errorPage(
        409,
        'Another customer',
        'This customer has no such valid consent.',
        'no such consent of the customer',
      )
    consent.revokedAt = tenantNow(tenant)
    consent.lastActionDay = dayOf(tenantNow(tenant))
    const location = `${own}${consentsPath}?${new URLSearchParams({ client_id: tenant.id }).toString()}`
    return { ...emptyAnswer(303, `the customer took consent ${consent.id} back`, { location }), tenant: tenant.id }
  }
