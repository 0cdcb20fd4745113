/** Where a customer signs: the BankID app on this device, and the signing pages of Norway and Denmark. */
import type { PageAnswer, SimulatedBank } from '#sandbox/bank/simulated-bank.ts'
import type { Received } from '#sandbox/net/answer.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { conditions } from './offer.ts'
import { bankIdPath, donePath, signingPath } from './page-paths.ts'
import { pageTexts } from './page-texts.ts'
import { definitions, formHtml, isAnswer, messagePage, payexPage, sendBack, sentForm, wayBack } from './payex-page.ts'
import { everyPreAuthorization, type Owned, type Signing } from './payex-state.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'
import { customerOf } from './pre-authorization-gate.ts'
import { signingOutcome } from './signing-outcome.ts'

interface SigningPageKind {
  readonly path: string
  /** Query parameter with the id of the signing. */
  readonly parameter: string
}

const kinds: readonly SigningPageKind[] = [
  { path: bankIdPath, parameter: 'order' },
  { path: signingPath, parameter: 'session' },
]

const find = (payex: PayexSurroundings, id: string | null): Owned<Signing> | undefined =>
  everyPreAuthorization(payex.tenants, ({ application, cancelledAt }) =>
    application?.signing?.id === id && cancelledAt === null ? application.signing : null,
  )[0]

const over = (): PageAnswer =>
  messagePage(409, 'Nothing to sign', 'This was signed, cancelled, replaced or is too old. Start again at the shop.')

function pending({ preAuthorization, tenant, thing }: Owned<Signing>): boolean {
  return signingOutcome(thing, customerOf(preAuthorization).habit, tenantNow(tenant)).status === 'Pending'
}

function show(payex: PayexSurroundings, { path, parameter }: SigningPageKind, { query }: Received): PageAnswer {
  const back = wayBack(query.get('redirect_uri'))
  if (isAnswer(back)) return back
  const found = find(payex, query.get(parameter))
  if (!found || !pending(found)) return over()
  const { preAuthorization, tenant, thing } = found
  thing.openedAt ??= tenantNow(tenant)
  const customer = customerOf(preAuthorization)
  const upgrade = preAuthorization.application?.kind === 'limit-upgrade-applications'
  const offer = conditions[customer.country]
  const texts = pageTexts[customer.country]
  const page = payexPage({
    title: texts.sign,
    language: texts.language,
    reason: `showed ${customer.name} what there is to sign`,
    ...(back ? { back } : {}),
    body: `${definitions({
      [texts.customer]: customer.name,
      [texts.askedBy]: `PayEx, ledger ${customer.ledger}`,
      [texts.whatIsSigned]: upgrade
        ? texts.higherLimit
        : `${offer.title}, ${texts.upTo} ${offer.maxCreditLimit} ${offer.currency}`,
    })}
${formHtml({
  action: path,
  hidden: { [parameter]: thing.id, customer: customer.key, ...(back ? { redirect_uri: back.href } : {}) },
  legend: texts.sign,
  ways: texts.signingWays,
  deny: texts.cancel,
})}`,
  })
  return { ...page, tenant: tenant.id }
}

function decide(payex: PayexSurroundings, { parameter }: SigningPageKind, received: Received): PageAnswer {
  const form = sentForm(payex, received)
  if (isAnswer(form)) return form
  const back = wayBack(form.get('redirect_uri'))
  if (isAnswer(back)) return back
  const found = find(payex, form.get(parameter))
  if (!found || !pending(found)) return over()
  const { preAuthorization, tenant, thing } = found
  const customer = customerOf(preAuthorization)
  const denied = customer.alwaysDenies || form.get('decision') === 'deny'
  if (!denied && !form.has('method')) return messagePage(400, 'No way to sign', 'Choose the way to sign.')
  thing.end = { at: tenantNow(tenant), as: denied ? 'UserCancel' : 'Complete' }
  const result = { result: denied ? 'declined' : 'signed' }
  const reason = `${customer.name} ${result.result}`
  const answer = back ? sendBack(back, {}, reason) : sendBack(payex.pageUrl(donePath), result, reason)
  return { ...answer, tenant: tenant.id }
}

export const signingPages = (payex: PayexSurroundings): SimulatedBank['pages'] =>
  Object.fromEntries(
    kinds.flatMap((kind) => [
      [`GET ${kind.path}`, (received: Received) => show(payex, kind, received)],
      [`POST ${kind.path}`, (received: Received) => decide(payex, kind, received)],
    ]),
  )
