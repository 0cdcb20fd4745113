/** The status that is asked for until it is final: it goes on while other views are shown, and only one is followed at a time. */
import type { FollowEvent } from '#shared/contract/followed.ts'
import { api } from '../api.ts'
import { streamNamed } from '../ui/stream.ts'

export interface FollowingSubject {
  /** Our id of the consent or payment. */
  readonly consent: string
  /** The bank's id of one of its authorisations; null: the status of the consent itself. */
  readonly authorisation: string | null
}

export const following = streamNamed<FollowingSubject, FollowEvent>('follow')

export function startFollowing(
  { consent, authorisation }: FollowingSubject,
  parameters: Readonly<Record<string, string>> = {},
): Promise<void> {
  const chosen = authorisation === null ? {} : { authorisation }
  return following.run({ consent, authorisation }, (signal) =>
    api.access.follow({ consent, parameters, ...chosen }, { signal }),
  )
}
