/** The authorisation under way: it goes on while other views are shown, and only one runs at a time. */
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { ChallengeEvent, Flow, Remembered } from '#shared/contract/followed.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { api } from './api.ts'
import { openPage } from './ui/open-page.ts'
import { streamNamed } from './ui/stream.ts'

/** What a run is about. What was typed to recognise the customer is not part of it: it is sent once and kept nowhere. */
export interface AuthorisingSubject {
  readonly bank: string
  readonly environment: string
  /** null: the one a consent was created with. */
  readonly identity: string | null
  /** null where a bank's page gives no token, or its link says which one. */
  readonly scope: string | null
  /** Our id of the consent or payment it is for. */
  readonly consent: string | null
  /** What it ends with, as far as can be said before: a token, the customer's return, or the same call once more. */
  readonly ending: 'token' | 'return' | 'repeat'
  /** The sandbox's customer who clicks by themselves; null where a person does. */
  readonly psu: string | null
  /** Id of the open draft whose call is repeated, where it was started there. */
  readonly draft?: string
  /** When waiting for the callback ends, in milliseconds since 1970. */
  readonly until: number
}

export type AuthorisingEvent = AuthoriseEvent | ChallengeEvent

export const authorising = streamNamed<AuthorisingSubject, AuthorisingEvent>('authorise')

type Input = Parameters<typeof api.access.authorise>[0]

/** Seconds a customer has for the bank's page. */
const patience = 300

function run(
  subject: Omit<AuthorisingSubject, 'until'>,
  open: (timeout: number, signal: AbortSignal) => Promise<AsyncIterable<AuthorisingEvent>>,
  onEvent?: (event: AuthorisingEvent) => void,
): Promise<void> {
  return authorising.run(
    { ...subject, until: Date.now() + patience * 1000 },
    (signal) => open(patience, signal),
    (event) => {
      if (event.type === 'open' && !event.opened && subject.psu === null) openPage(event.url)
      onEvent?.(event)
    },
  )
}

export function startAuthorising(
  input: Input & Pick<AuthorisingSubject, 'bank' | 'environment'> & { readonly identity: string },
): Promise<void> {
  const { bank, environment, identity, scope, psu = null } = input
  return run({ bank, environment, identity, scope, psu, consent: null, ending: 'token' }, (timeout, signal) =>
    api.access.authorise({ ...input, timeout }, { signal }),
  )
}

/** @param authorisation of one signer; where it is left out the bank's links decide */
export function startAuthorisingConsent(
  { id, bank, environment, identity }: Remembered,
  parameters: Readonly<Record<string, string>>,
  authorisation?: string,
): Promise<void> {
  const chosen = authorisation === undefined ? {} : { authorisation }
  return run(
    { bank, environment, identity, scope: null, psu: null, consent: id, ending: 'return' },
    (timeout, signal) => api.access.authoriseConsent({ consent: id, parameters, timeout, ...chosen }, { signal }),
  )
}

/** Goes on with a call the bank answered with a page: `exchange` is that answer, `draft` what is sent if it is forgotten. */
export function startChallenge(
  { id, draft, exchange }: { readonly id: string; readonly draft: DraftInput; readonly exchange: Exchange },
  onEvent: (event: AuthorisingEvent) => void,
): Promise<void> {
  const { bank, environment, identity } = exchange
  return run(
    { bank, environment, identity, scope: null, psu: null, consent: null, ending: 'repeat', draft: id },
    (timeout, signal) => api.access.challenge({ draft, exchange: exchange.id, timeout }, { signal }),
    onEvent,
  )
}

const endings = { code: 'token', page: 'return', challenge: 'repeat' } as const

/** @param callbackUrl where the customer's browser ended meanwhile; without it the page is opened again */
export function resumeAuthorising(
  { id, kind, bank, environment, identity, scope, consent }: Flow,
  callbackUrl?: string,
): Promise<void> {
  const back = callbackUrl === undefined ? {} : { callbackUrl }
  return run({ bank, environment, identity, scope, consent, psu: null, ending: endings[kind] }, (timeout, signal) =>
    api.access.resume({ flow: id, timeout, ...back }, { signal }),
  )
}
