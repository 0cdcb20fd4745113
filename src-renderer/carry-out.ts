/** Does what a remedy says: at once where one call is enough, else by going to the place where a person does it. */
import type { Fault } from '#shared/fault.ts'
import type { Remedy } from '#shared/remedy.ts'
import { api } from './api.ts'
import { choose, show, useApp } from './app-state.ts'
import { grants, remembered } from './live-data.ts'
import { amendDraft, openConsent, openEnvironment, openScope } from './open.ts'
import { presenceNow } from './presence.ts'
import { notify } from './ui/notifications.tsx'

async function refresh(grant: string): Promise<void> {
  try {
    await api.access.refresh({ grant })
    await grants.refresh()
    notify('good', 'The token was refreshed', 'Send the call again.')
  } catch (fault) {
    notify('bad', 'The token was not refreshed', (fault as Fault).message)
  }
}

/** Asks once; what the bank says is remembered, and findings about it are looked for anew. */
async function readStatus(consent: string): Promise<void> {
  try {
    const thing = remembered.getState().value?.find(({ id }) => id === consent)
    const parameters = thing === undefined ? {} : presenceNow(thing)
    for await (const event of await api.access.follow({ consent, parameters, timeout: 1 }))
      if (event.type === 'status')
        notify(
          event.status === null ? 'bad' : 'good',
          event.status === null ? 'The bank told no status' : `The status is ${event.status}`,
          event.meaning ?? 'See the answer in History.',
        )
    await grants.refresh()
  } catch (fault) {
    notify('bad', 'The status was not read', (fault as Fault).message)
  }
}

type Doers = {
  [Action in Remedy['action']]: (target: Extract<Remedy, { action: Action }>['target']) => void | Promise<void>
}

const doers: Doers = {
  'refresh-grant': ({ grant }) => refresh(grant),
  'authorise-scope'({ bank, environment, scope }) {
    choose({ bank, environment })
    openScope(scope)
  },
  'enter-token'({ bank, environment }) {
    choose({ bank, environment })
    show('access')
  },
  'choose-identity'({ bank }) {
    // Beside an open draft there is a choice of its own; from anywhere else the way is to the identities.
    if (useApp.getState().view === 'requests') amendDraft({ bank, operation: null, part: 'identity' })
    else show('keys')
  },
  'order-certificate': () => show('keys'),
  register({ bank, environment }) {
    choose({ bank, environment })
    show('registration')
  },
  'set-parameter': ({ bank, operation, name, value }) => amendDraft({ bank, operation, parameter: { name, value } }),
  'remove-header': ({ bank, operation, name }) => amendDraft({ bank, operation, without: name }),
  'fill-in-environment': ({ bank, environment, field }) => openEnvironment(bank, environment, field ?? undefined),
  'open-consent': ({ consent }) => openConsent(consent),
  'read-status': ({ consent }) => readStatus(consent),
}

export function carryOut(remedy: Remedy): void | Promise<void> {
  // The action picks the function whose parameter has that very target; the compiler cannot follow it through the union.
  const act = doers[remedy.action] as (target: Remedy['target']) => void | Promise<void>
  return act(remedy.target)
}
