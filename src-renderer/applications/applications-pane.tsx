/** Applications: one customer's way from identification through questions and signing to the end, a step at a time. */
import { useEffect, useRef } from 'react'
import type { ApplicationProfile } from '#shared/application-profile.ts'
import type { Grant } from '#shared/contract/access.ts'
import type { BankDetail, BankView, OperationView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { useApp } from '../app-state.ts'
import { parameterWords } from '../forms/parameter-words.ts'
import { bankDetail, bankOperations, remembered } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { EmptyState, Loading } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { Prose } from '../ui/prose.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { useNow } from '../ui/use-now.ts'
import { bodyOf } from './answer-members.ts'
import { ApplicationSection, applicationOf, questionsId } from './application-section.tsx'
import { changeCase, chooseGrant, noteShownGrant, useCase, useExchange, useKept } from './cases.ts'
import { EndSection } from './end-section.tsx'
import { IdentificationSection } from './identification-section.tsx'
import { OfferSection } from './offer-section.tsx'
import { QuestionSection } from './question-form.tsx'
import { SigningSection } from './signing-section.tsx'
import type { Desk, DeskKind } from './steps.ts'
import { TokenSection } from './token-section.tsx'

interface Here {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly profile: ApplicationProfile
  readonly operations: readonly OperationView[]
}

/** Each kind with its calls; one without them cannot be worked with. */
const kindsOf = ({ bank, profile }: Here): readonly DeskKind[] =>
  profile.kinds.flatMap((kind) => {
    const resource = bank.resources.find((each) => each.kind === kind.kind)
    return resource === undefined ? [] : [{ kind, resource }]
  })

const namesInPath = (path: string): readonly string[] => [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!)

function GrantChoice({ grants, chosen }: { readonly grants: readonly Grant[]; readonly chosen: Grant }) {
  const now = useNow()
  const { cases } = useKept()
  const nameOf = ({ id, obtainedAt }: Grant) =>
    `${cases[id]?.label ?? 'Token'} of ${shortMoment(obtainedAt, now)} (${id.slice(-4)})`
  return (
    <select
      aria-label="Pre-authorization"
      value={chosen.id}
      onChange={({ target }) => chooseGrant(target.value)}
      className="h-7 min-w-0 rounded-md border border-line-strong bg-surface px-1.5"
    >
      {grants.map((grant) => (
        <option key={grant.id} value={grant.id}>
          {nameOf(grant)}
        </option>
      ))}
    </select>
  )
}

/** What every path has a place for, such as the number of a ledger. */
function PathParameters({ desk, operation }: { readonly desk: Desk; readonly operation: string }) {
  const { bank, environment, grant } = desk
  const { parameters } = useCase(grant)
  const { value } = useLoaded(`${bank.id} ${environment.id} ${operation}`, () =>
    api.banks.operation({ bank: bank.id, environment: environment.id, operation }),
  )
  const inPath = value?.parameters.filter((each) => each.in === 'path') ?? []
  if (inPath.length === 0) return null
  return (
    <div className="grid max-w-prose gap-3">
      {inPath.map(({ name, description, value: usual }) => (
        <TextField
          key={name}
          {...parameterWords({ name, in: 'path' })}
          hint={description === '' ? undefined : <Prose text={description} />}
          placeholder={usual ?? ''}
          className="font-mono"
          value={parameters[name] ?? ''}
          onChange={({ target }) => changeCase(grant, { parameters: { ...parameters, [name]: target.value } })}
        />
      ))}
    </div>
  )
}

/** The kind that was begun here, or by a call made in Requests with the same token. */
function useKind(desk: Desk, kinds: readonly DeskKind[]): DeskKind | null {
  const { kind } = useCase(desk.grant)
  const created = remembered().value?.find(
    ({ resource, kind: theirs }) => resource === desk.grant && kinds.some((each) => each.kind.kind === theirs),
  )
  return kinds.find((each) => each.kind.kind === (kind ?? created?.kind)) ?? null
}

function Work({ desk, kinds, operations }: { desk: Desk; kinds: readonly DeskKind[]; operations: Here['operations'] }) {
  const { grant } = desk
  useEffect(() => noteShownGrant(grant), [grant])
  const { told } = useCase(desk.grant)
  const which = useKind(desk, kinds)
  const { exchange } = useExchange(told.application)
  const body = bodyOf(exchange)
  const application = applicationOf(desk, which, exchange, body)
  const first = kinds[0]?.resource.create
  return (
    <>
      {first !== undefined && <PathParameters desk={desk} operation={first} />}
      <IdentificationSection desk={desk} elsewhere={exchange !== null} />
      <ApplicationSection desk={desk} kinds={kinds} which={which} application={application} operations={operations} />
      {which !== null && exchange !== null && (
        <>
          <OfferSection desk={desk} operation={exchange.operation} application={body} />
          <div id={questionsId} className="empty:hidden">
            <QuestionSection
              desk={desk}
              which={which}
              application={body}
              canPost={application.offered.some(({ operation }) => operation === which.kind.questions?.post)}
            />
          </div>
          <SigningSection desk={desk} which={which} />
        </>
      )}
      <EndSection desk={desk} isFinal={application.word?.final ?? false} />
    </>
  )
}

/** A token that is entered while this is shown is the one to go on with. */
function useNewest(newest: string | undefined): void {
  const before = useRef(newest)
  useEffect(() => {
    if (before.current !== undefined && newest !== undefined && newest !== before.current) chooseGrant(newest)
    before.current = newest
  }, [newest])
}

function Body(here: Here) {
  const { bank, environment, profile, operations } = here
  const { grants, identity } = useSelection()
  const { grant: wanted } = useKept()
  // The newest first: whoever entered a token is about to work with it.
  const fitting = grants
    .filter(({ scope }) => bank.scopes.some((each) => each.scope === scope))
    .sort((a, b) => (a.obtainedAt < b.obtainedAt ? 1 : -1))
  const grant = fitting.find(({ id }) => id === wanted) ?? fitting[0]
  useNewest(fitting[0]?.id)
  const kinds = kindsOf(here)
  const create = operations.find(({ id }) => id === kinds[0]?.resource.create)
  const desk: Desk | null =
    grant === undefined
      ? null
      : { bank, environment, profile, grant: grant.id, identity: identity?.id ?? null, operations }
  return (
    <>
      <PaneHead title="Applications">{grant !== undefined && <GrantChoice grants={fitting} chosen={grant} />}</PaneHead>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-3">
        <TokenSection
          key={`${bank.id}/${environment.id}`}
          bank={bank}
          environment={environment}
          names={namesInPath(create?.path ?? '')}
          open={desk === null}
        />
        {desk !== null && <Work key={desk.grant} desk={desk} kinds={kinds} operations={operations} />}
      </div>
    </>
  )
}

function Whole() {
  const { bank: id } = useApp()
  const { environment } = useSelection()
  const detail = bankDetail(id)()
  const operations = bankOperations(id)()
  const [bank, list] = [detail.value, operations.value]
  const fault = detail.fault ?? operations.fault
  if (fault !== null) return <FaultNotice fault={fault} title="The bank cannot be read" />
  if (bank === null || list === null || environment === null) return <Loading what="Reading the bank" />
  if (bank.applications === null)
    return (
      <EmptyState title="No applications">The data of {bank.name} does not say how its applications look.</EmptyState>
    )
  return <Body bank={bank} environment={environment} profile={bank.applications} operations={list} />
}

export function ApplicationsPane() {
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Whole />
    </div>
  )
}
