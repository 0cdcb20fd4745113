/** The last two steps at a bank whose customers are asked for no scope: they give consents, or sign each payment. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { endOf, statusName } from '../bank-status.ts'
import { localDate } from '../ui/local-time.ts'
import type { Judged, Standing, StepAction } from './pipeline.ts'

const consentProfile = ({ resources }: BankDetail) => resources.find(({ kind }) => kind === 'consent')

/** Those that can be used, or still come to be; the newest first. */
function alive({ bank, environment, remembered, now }: Standing): readonly Remembered[] {
  return remembered
    .filter(
      ({ kind, bank: of, environment: at, final, replacedBy, validUntil }) =>
        kind === 'consent' &&
        of === bank.id &&
        at === environment.id &&
        !final &&
        replacedBy === null &&
        Date.parse(endOf(validUntil ?? '') ?? '9999-12-31') > now,
    )
    .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
}

/** Where nobody gives a consent. */
function withoutConsent(bank: BankDetail): Judged {
  const fact = bank.resources.some(({ kind }) => kind === 'payment')
    ? 'Needs nothing beforehand: the customer signs each payment.'
    : `${bank.name} asks no customer.`
  return { state: 'done', fact, action: null }
}

/** No token is live and none can be refreshed. */
export function consentStep(standing: Standing): Judged {
  const { bank } = standing
  const profile = consentProfile(bank)
  if (profile === undefined) return withoutConsent(bank)
  const all = alive(standing)
  const usable = all.find(({ status }) => profile.active === undefined || status === profile.active)
  const newest = usable ?? all[0]
  if (newest === undefined)
    return {
      state: 'open',
      fact: 'No consent yet: in it a customer says what you may ask the bank.',
      action: { kind: 'ask', label: 'Ask for a consent' },
    }
  const { id, resource } = newest
  if (usable === undefined)
    return {
      state: 'open',
      fact: [`Consent ${resource}`, `${statusName(bank, newest)}: the customer has to authorise it`],
      action: { kind: 'consent', label: 'Have it authorised', consent: id },
    }
  if (bank.flow === 'oauth-sca')
    return {
      state: 'problem',
      fact: [`Consent ${resource}`, 'its token is over, or went to another identity'],
      action: { kind: 'consent', label: 'Authorise it anew', consent: id },
    }
  const until = usable.validUntil === null ? null : endOf(usable.validUntil)
  const end = until === null ? [] : [`until ${localDate(until)}`]
  return { state: 'done', fact: [`Consent ${resource}`, statusName(bank, usable), ...end], action: null }
}

/** The calls a first success is looked for among, where no single one stands for the rest. */
export const firstCalls = ({ accounts, fundsConfirmation, resources }: BankDetail): readonly string[] => [
  ...(accounts === null ? [] : [accounts.list.operation]),
  ...(fundsConfirmation === null ? [] : [fundsConfirmation.operation]),
  ...resources.filter(({ kind }) => kind !== 'consent').map(({ create }) => create),
]

/** The view in which a first call is made. */
export function firstView({
  accounts,
  applications,
  fundsConfirmation,
  resources,
}: BankDetail): StepAction & { kind: 'show' } {
  if (accounts !== null) return { kind: 'show', label: 'Open Accounts', view: 'accounts' }
  if (applications !== null) return { kind: 'show', label: 'Open Applications', view: 'applications' }
  if (fundsConfirmation !== null) return { kind: 'show', label: 'Open Funds', view: 'funds' }
  if (resources.some(({ kind }) => kind === 'payment'))
    return { kind: 'show', label: 'Open Payments', view: 'payments' }
  return { kind: 'show', label: 'Open Requests', view: 'requests' }
}
