/** Takes the data of a customer that a TPP hands over for an authorisation: password, method, one-time code. */
import type { BogCall } from './admission.ts'
import { finalise, setStatus } from './authorisation-life.ts'
import type { Authorisation } from './bog-state.ts'
import { embeddedSecrets, waysToAuthorise } from './customers.ts'

export interface PsuData {
  readonly psuData?: { readonly password?: unknown }
  readonly authenticationMethodId?: unknown
  readonly scaAuthenticationData?: unknown
  readonly confirmationCode?: unknown
}

export interface Applied {
  /** Fields the answer has besides the status. */
  readonly extra: Readonly<Record<string, unknown>>
  /** Names of the links to the next step. */
  readonly links: readonly string[]
}

/** The form of the body was checked before. */
export function bodyOf(call: BogCall): PsuData {
  const text = call.received.body.toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as PsuData)
}

const method = ({ id, type, localLabel }: (typeof waysToAuthorise)[number]) => ({
  authenticationType: type,
  authenticationMethodId: id,
  name: localLabel,
})

/** The framework's name of the step that comes after each status. */
function nextSteps({ status }: Authorisation): Applied {
  switch (status) {
    case 'received':
      return { extra: {}, links: ['updatePsuIdentification'] }
    case 'psuIdentified':
      return { extra: {}, links: ['updatePsuAuthentication'] }
    case 'psuAuthenticated':
      return { extra: { scaMethods: waysToAuthorise.map(method) }, links: ['selectAuthenticationMethod'] }
    case 'scaMethodSelected':
      return { extra: {}, links: ['authoriseTransaction'] }
    default:
      return { extra: {}, links: [] }
  }
}

function authenticate(call: BogCall, authorisation: Authorisation, password: unknown): void {
  if (authorisation.psu === null || password !== embeddedSecrets.password)
    call.refuse('401-psu-credentials-invalid', { reason: 'customer or password is wrong', path: 'psuData.password' })
  setStatus(authorisation, 'psuAuthenticated', null)
}

function selectMethod(call: BogCall, authorisation: Authorisation, id: unknown): Applied {
  const chosen = waysToAuthorise.find((way) => way.id === id)
  if (!chosen)
    return call.refuse('400-sca-method-unknown', {
      reason: 'there is no such method',
      path: 'authenticationMethodId',
    })
  if (authorisation.status !== 'psuAuthenticated' && authorisation.status !== 'scaMethodSelected')
    call.refuse('409-status-invalid', {
      reason: `the authorisation is ${authorisation.status}; no method can be chosen`,
    })
  setStatus(authorisation, 'scaMethodSelected', null)
  return { extra: { chosenScaMethod: method(chosen) }, links: nextSteps(authorisation).links }
}

function takeCode(call: BogCall, authorisation: Authorisation, code: unknown): void {
  const path = 'scaAuthenticationData'
  if (authorisation.status !== 'scaMethodSelected' || code !== embeddedSecrets.code || authorisation.psu === null)
    call.refuse('400-sca-invalid', {
      reason:
        authorisation.status === 'scaMethodSelected'
          ? 'this is not the code of the customer'
          : 'no code was sent to the customer yet',
      path,
    })
  else finalise(call.state, authorisation, authorisation.psu, call.now)
}

/** Moves the authorisation on, or ends the request. */
export function applyPsuData(call: BogCall, authorisation: Authorisation, data: PsuData): Applied {
  if (data.psuData) authenticate(call, authorisation, data.psuData.password)
  if (data.authenticationMethodId !== undefined) return selectMethod(call, authorisation, data.authenticationMethodId)
  if (data.scaAuthenticationData !== undefined) takeCode(call, authorisation, data.scaAuthenticationData)
  // The bank never leaves an authorisation unconfirmed.
  if (data.confirmationCode !== undefined)
    call.refuse('400-sca-invalid', { reason: 'no confirmation is wanted', path: 'confirmationCode' })
  return nextSteps(authorisation)
}
