/** The authorisation under way: it goes on while other views are shown, and only one runs at a time. */
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import { api } from './api.ts'
import { openPage } from './ui/open-page.ts'
import { streamNamed } from './ui/stream.ts'

/** What a run is about. What was typed to recognise the customer is not part of it: it is sent once and kept nowhere. */
export interface AuthorisingSubject {
  readonly bank: string
  readonly environment: string
  readonly identity: string
  readonly scope: string
  /** The sandbox's customer who clicks by themselves; null where a person does. */
  readonly psu: string | null
  /** When waiting for the callback ends, in milliseconds since 1970. */
  readonly until: number
}

export const authorising = streamNamed<AuthorisingSubject, AuthoriseEvent>('authorise')

type Input = Parameters<typeof api.access.authorise>[0]

/** Seconds a customer has for the bank's page. */
const patience = 300

export function startAuthorising(
  input: Input & Pick<AuthorisingSubject, 'bank' | 'environment' | 'identity'>,
): Promise<void> {
  const { bank, environment, identity, scope, psu = null } = input
  return authorising.run(
    { bank, environment, identity, scope, psu, until: Date.now() + patience * 1000 },
    (signal) => api.access.authorise({ ...input, timeout: patience }, { signal }),
    (event) => {
      if (event.type === 'open' && !event.opened && psu === null) openPage(event.url)
    },
  )
}
