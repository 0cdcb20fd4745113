/** The customer is identified before anything else: a call begins it, a page does it, a second call hands in what the page returned. */
import { useRef, useState } from 'react'
import type { IdentificationWay } from '#shared/application-profile.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import { sandboxStatus } from '../live-data.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { Section } from '../ui/section.tsx'
import { bodyOf, textAt } from './answer-members.ts'
import { changeCase, keepPage, tell, useCase, useExchange, useKept } from './cases.ts'
import { readReturn } from './identification-return.ts'
import { pageAddress } from './page-address.ts'
import { StepLine, useIsBusy } from './step-line.tsx'
import { callStep, type Desk } from './steps.ts'

/** Base URL of the sandbox's pages for people; null where there is none here. */
export function useSandboxPages({ bank, environment }: Pick<Desk, 'bank' | 'environment'>): string | null {
  const urls = sandboxStatus().value?.sandbox?.banks.find(({ id }) => id === bank.id)?.urls
  return environment.kind === 'local-sandbox' ? (urls?.pages ?? null) : null
}

function withState(address: string, way: IdentificationWay, state: string | null): string {
  const url = URL.parse(address)
  if (url === null || way.state === undefined || state === null) return address
  url.searchParams.set(way.state.parameter, state)
  return url.href
}

/** Where the page is, is no part of the bank's document: in the sandbox it is known, elsewhere it is typed once. */
function IdentificationPage({ desk, way, state }: { desk: Desk; way: IdentificationWay; state: string | null }) {
  const pages = useSandboxPages(desk)
  const key = `${desk.bank.id}/${desk.environment.id}/${way.id}`
  const typed = useKept().pages[key] ?? ''
  const address = pages === null ? typed : new URL(way.sandboxPage, pages).href
  const { href, host, refused } = pageAddress(withState(address, way, state), [], pages !== null)
  return (
    <>
      {pages === null && (
        <TextField
          label="Address of the identification page"
          hint="The bank’s document does not name it. What it is opened with is added."
          className="font-mono"
          value={typed}
          problem={typed === '' ? null : refused}
          onChange={({ target }) => keepPage(key, target.value)}
        />
      )}
      {href !== null && (
        <div>
          <PageLink href={href} primary>
            {way.name}: the page at {host}
          </PageLink>
        </div>
      )}
    </>
  )
}

function HandIn({ desk, way, state }: { desk: Desk; way: IdentificationWay; state: string | null }) {
  const field = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const busy = useIsBusy(desk.grant, 'identification')
  const send = async () => {
    const { values, problem: wrong } = readReturn(field.current?.value ?? '', way, state)
    setProblem(wrong)
    if (values === null || field.current === null) return
    // It is good for one use: nothing of it stays in the window.
    field.current.value = ''
    const call = { body: JSON.stringify(values), secret: true }
    const exchange = await callStep(desk, 'identification', way.verify, call)
    if (exchange !== null && succeeded(exchange)) changeCase(desk.grant, { identified: true })
  }
  return (
    <form
      noValidate
      autoComplete="off"
      className="flex max-w-prose flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label htmlFor="identification-return" className="text-sm">
        What the page returned
      </label>
      <div className="flex gap-2">
        <input
          id="identification-return"
          ref={field}
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby="identification-return-hint"
          className="h-7 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-ink"
        />
        <Button kind="primary" type="submit" busy={busy}>
          Verify
        </Button>
      </div>
      <p id="identification-return-hint" className="text-sm text-muted">
        The whole address the browser ended on, or {way.returns.join(' and ')} alone. Sent once, kept nowhere.
      </p>
      {problem !== null && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
    </form>
  )
}

/** @param elsewhere there is an application already, so the customer was identified, if not in this view */
export function IdentificationSection({ desk, elsewhere }: { readonly desk: Desk; readonly elsewhere: boolean }) {
  const { grant, profile } = desk
  const { way: chosen, told, identified } = useCase(grant)
  const begun = useExchange(told.begun)
  const busy = useIsBusy(grant, 'identification')
  const way = profile.identification.find(({ id }) => id === chosen)
  const state = way?.state === undefined ? null : textAt(bodyOf(begun.exchange), way.state.at)
  const begin = async (next: IdentificationWay) => {
    const exchange = await callStep(desk, 'identification', next.begin)
    if (exchange === null || !succeeded(exchange)) return
    changeCase(grant, { way: next.id, identified: false })
    tell(grant, 'begun', exchange)
  }
  if (profile.identification.length === 0) return null
  return (
    <Section
      title="Identification"
      trailing={identified ? <Badge tone="good">Identified with {way?.name}</Badge> : undefined}
    >
      {!identified && elsewhere && (
        <p className="text-muted">The application is there, so the customer was identified elsewhere.</p>
      )}
      {!identified && (
        <div className="flex flex-wrap items-center gap-2">
          {profile.identification.map((each) => (
            <Button
              key={each.id}
              kind={way === undefined && !elsewhere ? 'primary' : 'plain'}
              busy={busy}
              onClick={() => void begin(each)}
            >
              {each === way ? `Begin ${each.name} again` : `Begin with ${each.name}`}
            </Button>
          ))}
        </div>
      )}
      {!identified && way !== undefined && begun.exchange !== null && (
        <>
          <IdentificationPage desk={desk} way={way} state={state} />
          <HandIn key={`${grant} ${way.id}`} desk={desk} way={way} state={state} />
        </>
      )}
      <StepLine grant={grant} part="identification" />
    </Section>
  )
}
