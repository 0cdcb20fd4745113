/** The Danish Kalp form, with which a customer shows what he can afford. */
import type { PageAnswer, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import type { Received } from '#sandbox/net/answer.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { donePath, kalpPath } from './page-paths.ts'
import { pageTexts } from './page-texts.ts'
import { definitions, formHtml, isAnswer, messagePage, payexPage, sendBack, sentForm, wayBack } from './payex-page.ts'
import { type Application, everyPreAuthorization, type Owned } from './payex-state.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'
import { customerOf } from './pre-authorization-gate.ts'

type Kalp = NonNullable<Application['kalp']>

/** Still to be filled in, at an application that has not ended. */
const find = (payex: PayexSurroundings, id: string | null): Owned<Kalp> | undefined =>
  everyPreAuthorization(payex.tenants, ({ application, cancelledAt }) => {
    const kalp = application?.kalp
    return kalp?.id === id && kalp?.filledAt === null && cancelledAt === null ? kalp : null
  })[0]

const over = (): PageAnswer =>
  messagePage(409, 'Nothing to fill in', 'This form was filled in, or its application has ended.')

const moneyField = (name: string, label: string, value: number): string =>
  `<p><label>${label} <input type="number" name="${name}" value="${value}" min="0" required></label></p>`

const fields = [
  moneyField('income', 'Indkomst pr. måned, DKK', 32_000),
  moneyField('housing', 'Bolig pr. måned, DKK', 9_500),
  moneyField('loans', 'Lån og kreditter pr. måned, DKK', 2_000),
].join('\n')

const texts = pageTexts.DK

function show(payex: PayexSurroundings, { query }: Received): PageAnswer {
  const back = wayBack(query.get('redirect_uri'))
  if (isAnswer(back)) return back
  const found = find(payex, query.get('sessionId'))
  if (!found) return over()
  const customer = customerOf(found.preAuthorization)
  const page = payexPage({
    title: 'Din økonomi',
    language: texts.language,
    reason: `showed ${customer.name} the Kalp form`,
    ...(back ? { back } : {}),
    body: `${definitions({ [texts.customer]: customer.name, [texts.askedBy]: `PayEx, ledger ${customer.ledger}` })}
${formHtml({
  action: kalpPath,
  hidden: { sessionId: found.thing.id, customer: customer.key, ...(back ? { redirect_uri: back.href } : {}) },
  fields,
  legend: 'Indtægter og udgifter',
  ways: { send: 'Send' },
  deny: texts.cancel,
})}`,
  })
  return { ...page, tenant: found.tenant.id }
}

function decide(payex: PayexSurroundings, received: Received): PageAnswer {
  const form = sentForm(payex, received)
  if (isAnswer(form)) return form
  const back = wayBack(form.get('redirect_uri'))
  if (isAnswer(back)) return back
  const found = find(payex, form.get('sessionId'))
  if (!found) return over()
  const { preAuthorization, tenant, thing } = found
  const sent = form.get('decision') !== 'deny' && !customerOf(preAuthorization).alwaysDenies
  if (sent) thing.filledAt = tenantNow(tenant)
  const reason = `the Kalp form was ${sent ? 'sent' : 'left'}`
  const result = { result: sent ? 'filled-in' : 'declined' }
  const answer = back ? sendBack(back, {}, reason) : sendBack(payex.pageUrl(donePath), result, reason)
  return { ...answer, tenant: tenant.id }
}

export const kalpPages = (payex: PayexSurroundings): SimulatedBank['pages'] => ({
  [`GET ${kalpPath}`]: (received) => show(payex, received),
  [`POST ${kalpPath}`]: (received) => decide(payex, received),
})
