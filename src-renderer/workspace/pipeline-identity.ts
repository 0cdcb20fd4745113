/** The first two steps: a certificate the bank can accept, and the bank told of it. */
import type { IdentityView } from '#shared/contract/keys.ts'
import { localDate } from '../ui/local-time.ts'
import { daysLeft } from './days-left.ts'
import type { Judged, Standing, StepAction } from './pipeline.ts'

/** Certificates come from the sandbox's own QTSP, or from a real one by import. */
const obtain = ({ environment }: Standing): StepAction =>
  environment.kind === 'local-sandbox'
    ? { kind: 'order', label: 'Order a test certificate' }
    : { kind: 'show', label: 'Import a certificate', view: 'keys' }

function none(standing: Standing): Judged {
  const { environment, bank } = standing
  const fact =
    environment.kind === 'local-sandbox'
      ? 'No certificate yet. The sandbox has a QTSP that issues test certificates.'
      : `No certificate yet. ${bank.name} knows a TPP by the QWAC of a qualified provider.`
  return { state: 'open', fact, action: obtain(standing) }
}

/** Several identities and none chosen. */
function undecided({ identities, now }: Standing): Judged {
  const usable = identities.find((each) => Date.parse(each.notAfter) > now) ?? identities[0]!
  return {
    state: 'open',
    fact: `${identities.length} identities; none is chosen for this bank.`,
    action: { kind: 'use', label: `Use ${usable.name}`, identity: usable.id },
  }
}

function problemOf({ bank, now }: Standing, identity: IdentityView): string | null {
  const asked = bank.hosts.find((host) => host.clientCertificate !== 'none')?.clientCertificate
  if (Date.parse(identity.notAfter) <= now) return `${identity.name} expired on ${localDate(identity.notAfter)}.`
  if (Date.parse(identity.notBefore) > now) return `${identity.name} is valid from ${localDate(identity.notBefore)}.`
  if (asked !== undefined && identity.kind !== asked)
    return `${identity.name} is no ${asked}, which ${bank.name} asks for.`
  if (identity.organizationIdentifier === null) return `${identity.name} has no organizationIdentifier.`
  return null
}

export function identityStep(standing: Standing): Judged {
  const { identities, identity, now } = standing
  if (identities.length === 0) return none(standing)
  if (identity === null) return undecided(standing)
  const problem = problemOf(standing, identity)
  if (problem !== null) return { state: 'problem', fact: problem, action: obtain(standing) }
  const left = daysLeft(identity.notAfter, now)
  const fact = [identity.name, identity.kind, `${identity.organizationIdentifier}`, `${left} d left`]
  return { state: 'done', fact, action: null }
}

export function registrationStep({ bank, environment, identity, registration }: Standing): Judged {
  if (bank.registration === null) return { state: 'done', fact: `${bank.name} has no registration call.`, action: null }
  if (registration !== null)
    return {
      state: 'done',
      fact: [registration.clientId, `since ${localDate(registration.registeredAt)}`],
      action: null,
    }
  return {
    state: 'open',
    fact: `${identity?.organizationIdentifier ?? 'The organisation'} is not registered with ${bank.name}.`,
    // At a real bank the callbacks are chosen with care, so the form comes first.
    action:
      environment.kind === 'local-sandbox'
        ? { kind: 'register', label: `Register with ${bank.name}` }
        : { kind: 'show', label: 'Prepare the registration', view: 'registration' },
  }
}
