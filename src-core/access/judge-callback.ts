/** Decides whether a callback belongs to the authorisation that waits for it (RFC 6749 section 4.1.2, RFC 9207). */
import * as oauth from 'oauth4webapi'
import { Fault, isFault } from '#shared/fault.ts'

/** What was asked, and who may answer. */
export interface Asked {
  readonly clientId: string
  readonly state: string
  /** Of the page the customer was sent to. */
  readonly origin: string
  /** As the server advertises it; null where nobody does. */
  readonly issuer: string | null
  /** Whether every answer has to carry the issuer. */
  readonly namesItself: boolean
}

/** oauth4webapi wants a name to compare with; who answered was compared before it is asked. */
const anyIssuer = 'https://bank.invalid'

const foreign = (issuer: string): Fault =>
  new Fault(
    'ACCESS_CALLBACK',
    'The callback says it comes from another authorisation server. It was refused and nothing was sent to the bank.',
    { issuer },
  )

function refuseAnotherIssuer(parameters: URLSearchParams, asked: Asked): void {
  const issuers = parameters.getAll('iss')
  if (asked.issuer === null) {
    // By origin: the bank's document names no issuer, so its path is not known.
    const other = issuers.find((from) => URL.parse(from)?.origin !== asked.origin)
    if (other !== undefined) throw foreign(other)
    return
  }
  // RFC 9207 section 2.4: compared as text, without any normalisation.
  const other = issuers.find((from) => from !== asked.issuer)
  if (other !== undefined) throw foreign(other)
  if (issuers.length === 0 && asked.namesItself)
    throw new Fault(
      'ACCESS_CALLBACK',
      `The authorisation server says that its answers name it (iss), and this callback names none. It was refused and nothing was sent to the bank.`,
      { expected: asked.issuer },
    )
}

/** Throws ACCESS_STATE, ACCESS_DENIED or ACCESS_CALLBACK; the result is what the code exchange wants. */
export function judgeCallback(parameters: URLSearchParams, asked: Asked): URLSearchParams {
  if (parameters.get('state') !== asked.state) {
    const what = parameters.has('state') ? 'another state than the one sent' : 'no state'
    throw new Fault(
      'ACCESS_STATE',
      `A callback came with ${what}. It was refused and nothing was sent to the bank: it does not belong to this authorisation. Start again.`,
    )
  }
  refuseAnotherIssuer(parameters, asked)
  const own = new URLSearchParams(parameters)
  own.delete('iss')
  try {
    const valid = oauth.validateAuthResponse({ issuer: anyIssuer }, { client_id: asked.clientId }, own, asked.state)
    if (valid.getAll('code').length === 1) return valid
    throw new Fault('ACCESS_CALLBACK', 'The callback brought neither one code nor an error. Start again.')
  } catch (error) {
    if (isFault(error)) throw error
    if (error instanceof oauth.AuthorizationResponseError) {
      const words = error.error_description === undefined ? error.error : `${error.error}: ${error.error_description}`
      throw new Fault(
        'ACCESS_DENIED',
        `The bank sent the customer back without a code: ${words}`,
        { error: error.error },
        error,
      )
    }
    throw new Fault('ACCESS_CALLBACK', `The callback could not be used: ${(error as Error).message}.`, {}, error)
  }
}
