/** An authorisation as its four steps, with the time the customer has left and a way to end it. */

import { authorising } from '../authorising.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { countdown, useNow } from '../ui/use-now.ts'
import { FaultRemedy } from './fault-remedy.tsx'

type Mark = 'done' | 'now' | 'later' | 'ended'

const signs: Record<Mark, { readonly sign: string; readonly colour: string; readonly word: string }> = {
  done: { sign: '✓', colour: 'text-good', word: 'done' },
  now: { sign: '●', colour: 'text-accent', word: 'under way' },
  later: { sign: '○', colour: 'text-muted', word: 'to come' },
  ended: { sign: '×', colour: 'text-bad', word: 'did not come' },
}

function Row({ mark, children }: { readonly mark: Mark; readonly children: string }) {
  const { sign, colour, word } = signs[mark]
  return (
    <li className={`flex h-7 items-center gap-2 ${mark === 'later' ? 'text-muted' : ''}`}>
      <span aria-hidden="true" className={`w-4 text-center ${colour}`}>
        {sign}
      </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <span className="sr-only">{word}</span>
    </li>
  )
}

/** How far a run has come: the number of steps that are done. */
function stepsDone(types: readonly string[]): number {
  if (types.includes('grant')) return 4
  if (types.includes('callback')) return 3
  return types.includes('open') ? 1 : 0
}

export function AuthorisingSteps() {
  const { subject, events, running, cancelled, fault } = authorising()
  const now = useNow()
  if (subject === null) return null
  const page = events.find((event) => event.type === 'open')
  const done = stepsDone(events.map(({ type }) => type))
  const mark = (place: number): Mark => (place < done ? 'done' : place > done ? 'later' : running ? 'now' : 'ended')
  const byPerson = subject.psu === null
  const waiting = running && done === 1
  const names = [
    byPerson ? 'The bank’s page is opened' : 'The sandbox opens the bank’s page',
    waiting
      ? `Waiting for the customer, ${countdown(new Date(subject.until).toISOString(), now)}`
      : 'The customer comes back with a code',
    'The code is exchanged',
    'The grant is stored',
  ]
  return (
    <div className="flex flex-col gap-2">
      <p>
        Scope <span className="font-mono">{subject.scope}</span>
        {subject.psu !== null && `, ${subject.psu}`}
      </p>
      {/* Spoken once per step: the countdown would be spoken every second. */}
      <p role="status" className="sr-only">
        {waiting ? 'Waiting for the customer' : (names[done - 1] ?? '')}
      </p>
      <ol aria-label="Authorisation">
        {names.map((name, place) => (
          <Row key={place === 1 ? 'customer' : name} mark={mark(place)}>
            {name}
          </Row>
        ))}
      </ol>
      {cancelled && <Notice title="Cancelled">Nothing was stored, and the callback’s port is free again.</Notice>}
      <FaultNotice fault={fault} title="No grant came" action={<FaultRemedy fault={fault} />} />
      <div className="flex flex-wrap gap-2">
        {waiting && byPerson && page !== undefined && (
          <PageLink href={page.url} primary={!page.opened}>
            Open the bank’s page
          </PageLink>
        )}
        {running ? (
          <Button data-primary onClick={authorising.cancel}>
            Cancel
          </Button>
        ) : (
          <Button data-primary onClick={authorising.clear}>
            {done === 4 ? 'Authorise another' : 'Back to the form'}
          </Button>
        )}
      </div>
    </div>
  )
}
