/**
 * The page where a customer is identified, in the place of Curity: `/curity/login?state=…&redirect_uri=…`.
 * A Norwegian or Danish login names the pre-authorization in `state` and yields a code; a Swedish one names nobody and yields an access token.
 */
import { escapeHtml } from '#sandbox/bank/page.ts'
import type { PageAnswer, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import type { Answer, Received } from '#sandbox/net/answer.ts'
import { digestOf, newSecret } from '#sandbox/state/secret-digest.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { findCustomer, type PayexCustomer, payexCustomers } from './customers.ts'
import { callbackPath, loginPath } from './page-paths.ts'
import { pageTexts } from './page-texts.ts'
import { definitions, formHtml, isAnswer, messagePage, payexPage, sendBack, sentForm, wayBack } from './payex-page.ts'
import { everyPreAuthorization, type Identification, type Owned } from './payex-state.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'

type Waiting = Owned<Identification>

/** @param state null for a login that names no pre-authorization. */
const waitingFor = (payex: PayexSurroundings, state: string | null, customer: string | null): Waiting[] =>
  everyPreAuthorization(payex.tenants, (one) => {
    const asked = one.identification?.doneAt === null && one.cancelledAt === null ? one.identification : null
    return (state === null || one.id === state) && (customer === null || one.customer === customer) ? asked : null
  })

const nobodyWaits = (): Answer =>
  messagePage(409, 'Nobody asked', 'No pre-authorization waits for this identification: its begin call comes first.')

const customerChoice = (label: string): string => {
  const options = payexCustomers
    .filter(({ country }) => country === 'SE')
    .map(({ key, name }) => `<option value="${escapeHtml(key)}">${escapeHtml(name)}</option>`)
  return `<p><label>${escapeHtml(label)} <select name="customer">${options.join('')}</select></label></p>`
}

function loginForm(back: URL | null, state: string | null, customer: PayexCustomer | null): string {
  const hidden = {
    ...(back ? { redirect_uri: back.href } : {}),
    ...(state === null ? {} : { state }),
    ...(customer ? { customer: customer.key } : {}),
  }
  const texts = pageTexts[customer?.country ?? 'SE']
  return formHtml({
    action: loginPath,
    hidden,
    legend: texts.identifyWith,
    ways: texts.identityWays,
    deny: texts.cancel,
    ...(customer ? {} : { fields: customerChoice(texts.whoLogsIn) }),
  })
}

function show(payex: PayexSurroundings, { query }: Received): PageAnswer {
  const back = wayBack(query.get('redirect_uri'))
  if (isAnswer(back)) return back
  const named = query.get('state') ? waitingFor(payex, query.get('state'), null)[0] : undefined
  if (query.get('state') && !named) return nobodyWaits()
  const found = named ? findCustomer(named.preAuthorization.customer) : undefined
  // The Swedish login is told no state, so a state there names nobody in particular either.
  const customer = found && found.country !== 'SE' ? found : null
  const texts = pageTexts[customer?.country ?? 'SE']
  const page = payexPage({
    title: texts.identify,
    language: texts.language,
    reason: 'showed the login of Curity',
    ...(back ? { back } : {}),
    body: `${definitions({
      [texts.askedBy]: 'PayEx',
      ...(customer ? { [texts.customer]: customer.name } : {}),
      ...(back ? { [texts.backTo]: back.origin } : {}),
    })}
${loginForm(back, query.get('state'), customer)}`,
  })
  return named ? { ...page, tenant: named.tenant.id } : page
}

/** Every pre-authorization that waits for this person takes the result; only who was sent back with it can hand it in. */
function keepResult(waiting: readonly Waiting[]): string {
  const secret = newSecret()
  for (const { thing, tenant } of waiting) thing.result = { digest: digestOf(secret), at: tenantNow(tenant) }
  return secret
}

function decide(payex: PayexSurroundings, received: Received): PageAnswer {
  const form = sentForm(payex, received)
  if (isAnswer(form)) return form
  const back = wayBack(form.get('redirect_uri'))
  if (isAnswer(back)) return back
  const customer = findCustomer(form.get('customer') ?? '')
  if (!customer) return messagePage(400, 'Nobody chosen', 'Choose who logs in.')
  const state = form.get('state')
  const waiting = waitingFor(payex, customer.country === 'SE' ? null : (state ?? ''), customer.key)
  const [first] = waiting
  if (!first) return nobodyWaits()
  const tenant = first.tenant.id
  const to = back ?? payex.pageUrl(callbackPath)
  const repeated = state === null ? {} : { state }
  if (customer.alwaysDenies || form.get('decision') === 'deny')
    return { ...sendBack(to, { error: 'access_denied', ...repeated }, `${customer.name} cancelled the login`), tenant }
  if (!form.has('method')) return messagePage(400, 'No way to identify', 'Choose one of the ways.')
  const name = customer.country === 'SE' ? 'accessToken' : 'code'
  const result = { [name]: keepResult(waiting), ...repeated }
  return { ...sendBack(to, result, `${customer.name} logged in at Curity`), tenant }
}

/** For a client that is no browser: what came back, to be copied. */
const callback = ({ query }: Received): Answer => {
  const names = ['accessToken', 'code', 'state', 'error']
  const given = names.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : []))
  return payexPage({
    title: 'Back from Curity',
    reason: 'showed what came back from Curity',
    body: `<p>Hand this in with the verify call that fits.</p>\n${definitions(Object.fromEntries(given))}`,
  })
}

export const curityPages = (payex: PayexSurroundings): SimulatedBank['pages'] => ({
  [`GET ${loginPath}`]: (received) => show(payex, received),
  [`POST ${loginPath}`]: (received) => decide(payex, received),
  [`GET ${callbackPath}`]: callback,
})
