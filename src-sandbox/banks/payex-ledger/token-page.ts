/** The page where a person gets the token of a new pre-authorization, which a shop would begin otherwise. */
import { escapeHtml } from '#sandbox/bank/page.ts'
import type { PageAnswer, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import type { Answer, Received } from '#sandbox/net/answer.ts'
import { findCustomer, payexCustomers } from './customers.ts'
import { tokensPath } from './page-paths.ts'
import { definitions, formHtml, isAnswer, messagePage, payexPage, sentForm } from './payex-page.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'
import { canBeNamed, newToken } from './token.ts'

function show(): Answer {
  const options = payexCustomers.map(
    ({ key, name, ledger, about }) =>
      `<option value="${escapeHtml(key)}">${escapeHtml(`${ledger} ${name}: ${about}`)}</option>`,
  )
  return payexPage({
    title: 'Begin a pre-authorization',
    reason: 'showed the page for tokens',
    body: `<p>Each token stands for one pre-authorization of one customer, for 24 hours.</p>
${formHtml({
  action: tokensPath,
  hidden: {},
  fields: `<p><label>Customer <select name="customer">${options.join('')}</select></label></p>
<p><label>Organisation whose clock and faults count, if any <input name="tenant"></label></p>`,
  legend: 'For whom',
  ways: { begin: 'Begin' },
})}`,
  })
}

function begin(payex: PayexSurroundings, received: Received): PageAnswer {
  const form = sentForm(payex, received)
  if (isAnswer(form)) return form
  const customer = findCustomer(form.get('customer') ?? '')
  if (!customer) return messagePage(400, 'Nobody chosen', 'Choose a customer.')
  const tenant = form.get('tenant')?.trim() || null
  if (tenant !== null && !(canBeNamed(tenant) && payex.tenants.peek(tenant)))
    return messagePage(404, 'Unknown organisation', 'The sandbox has not met this organisation yet.')
  return payexPage({
    title: 'Pre-authorization begun',
    reason: `gave a token for ${customer.name}`,
    body: definitions({ Customer: customer.name, Ledger: customer.ledger, Token: newToken(customer.key, tenant) }),
  })
}

export const tokenPages = (payex: PayexSurroundings): SimulatedBank['pages'] => ({
  [`GET ${tokensPath}`]: show,
  [`POST ${tokensPath}`]: (received) => begin(payex, received),
})
