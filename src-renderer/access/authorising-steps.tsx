/** An authorisation as its steps, with the time the customer has left, how they come back, and a way to end it. */
import { api } from '../api.ts'
import { type AuthorisingSubject, authorising } from '../authorising.ts'
import { bankDetail } from '../live-data.ts'
import { openExchange } from '../open.ts'
import { usePresence } from '../presence.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { countdown, useNow } from '../ui/use-now.ts'
import { consents } from './access-data.ts'
import { chooseConsent } from './access-view.ts'
import { progressOf } from './authorising-progress.ts'
import { FaultRemedy } from './fault-remedy.tsx'
import { startFollowing } from './following.ts'
import { ReturnAddressForm } from './return-address-form.tsx'

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
    <li className={`flex min-h-7 items-center gap-2 ${mark === 'later' ? 'text-muted' : ''}`}>
      <span aria-hidden="true" className={`w-4 text-center ${colour}`}>
        {sign}
      </span>
      <span className="min-w-0 flex-1 wrap-anywhere">{children}</span>
      <span className="sr-only">{word}</span>
    </li>
  )
}

function About({ subject }: { readonly subject: AuthorisingSubject }) {
  const consent = consents().value?.find(({ id }) => id === subject.consent)
  if (subject.scope === null && subject.consent === null) return null
  return (
    <p className="wrap-anywhere">
      {consent === undefined ? 'Scope ' : `${consent.kind} `}
      <span className="font-mono">{consent?.resource ?? subject.scope}</span>
      {subject.psu !== null && `, ${subject.psu}`}
    </p>
  )
}

/** How the customer comes back, where more than waiting is needed. */
function WayBack() {
  const page = authorising().events.find((event) => event.type === 'open')
  if (page === undefined) return null
  const { uri, how, warning } = page.callback
  return (
    <>
      {warning !== null && (
        <Notice tone="caution" title="The browser will warn">
          {warning}
        </Notice>
      )}
      {how === 'paste' && <ReturnAddressForm uri={uri} send={(url) => api.access.paste({ flow: page.flow, url })} />}
    </>
  )
}

function After({ subject, done }: { readonly subject: AuthorisingSubject; readonly done: boolean }) {
  const { consent } = subject
  const presence = bankDetail(subject.bank)().value?.presence ?? null
  const { parameters } = usePresence({ id: subject.bank, presence }, subject.environment, consent ?? '')
  const last = authorising().events.find((event) => event.type === 'exchange')
  return (
    <>
      {last !== undefined && <Button onClick={() => openExchange(last.exchange.id)}>Open the answer in History</Button>}
      {done && consent !== null && (
        <Button
          data-primary
          kind="primary"
          onClick={() => {
            authorising.clear()
            chooseConsent(consent)
            void startFollowing({ consent, authorisation: null }, parameters)
          }}
        >
          Follow its status
        </Button>
      )}
      <Button data-primary onClick={authorising.clear}>
        {consent !== null || subject.ending !== 'token' ? 'Close' : done ? 'Authorise another' : 'Back to the form'}
      </Button>
    </>
  )
}

export function AuthorisingSteps() {
  const { subject, events, running, cancelled, fault } = authorising()
  const now = useNow()
  if (subject === null) return null
  const page = events.find((event) => event.type === 'open')
  const { steps, done } = progressOf(subject, events)
  const over = done === steps.length && !running
  const mark = (place: number): Mark => (place < done ? 'done' : place > done ? 'later' : running ? 'now' : 'ended')
  const byPerson = subject.psu === null
  const waiting = running && done === 1
  const left = `Waiting for the customer, ${countdown(new Date(subject.until).toISOString(), now)}`
  return (
    <div className="flex flex-col gap-2">
      <About subject={subject} />
      {/* Spoken once per step: the countdown would be spoken every second. */}
      <p role="status" className="sr-only">
        {waiting ? 'Waiting for the customer' : (steps[done - 1] ?? '')}
      </p>
      <ol aria-label="Authorisation">
        {steps.map((name, place) => (
          <Row key={place === 0 ? 'page' : place === 1 ? 'customer' : name} mark={mark(place)}>
            {place === 1 && waiting ? left : name}
          </Row>
        ))}
      </ol>
      {waiting && byPerson && <WayBack />}
      {cancelled && (
        <Notice title="Cancelled">
          Nothing was stored, and the callback’s port is free again. What was begun stays under “Not finished”.
        </Notice>
      )}
      <FaultNotice
        fault={fault}
        title={subject.ending === 'token' ? 'No grant came' : 'It was not authorised'}
        action={<FaultRemedy fault={fault} />}
      />
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
          <After subject={subject} done={over} />
        )}
      </div>
    </div>
  )
}
