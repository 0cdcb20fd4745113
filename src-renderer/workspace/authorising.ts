/** The authorisation under way, shared by name with the Access view: one callback port takes one at a time. */
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import type { AuthorisingSubject } from '../access/authorising.ts'
import { api } from '../api.ts'
import { openPage } from '../ui/open-page.ts'
import { streamNamed } from '../ui/stream.ts'

export const authorising = streamNamed<AuthorisingSubject, AuthoriseEvent>('authorise')

/** Seconds a customer has for the bank's page. */
const patience = 300

export function authoriseCustomer(
  target: { readonly bank: string; readonly environment: string; readonly identity: string },
  scope: string,
  customer: Readonly<Record<string, string>>,
): Promise<void> {
  const subject = { ...target, scope, psu: null, until: Date.now() + patience * 1000 }
  return authorising.run(
    subject,
    (signal) => api.access.authorise({ ...target, scope, customer, timeout: patience }, { signal }),
    (event) => {
      if (event.type === 'open' && !event.opened) openPage(event.url)
    },
  )
}
