/** The members of a basket with their statuses, each followed by itself: a bank may have no status of the whole. */
import { useCallback, useSyncExternalStore } from 'react'
import type { BankDetail } from '#shared/contract/banks.ts'
import type { FollowEvent, Remembered } from '#shared/contract/followed.ts'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { StatusBadge } from '../access/status-badge.tsx'
import { api } from '../api.ts'
import { show } from '../app-state.ts'
import { createdThings } from '../created-things.ts'
import { choose } from '../payments/chosen.ts'
import { useAskedFor } from '../payments/use-asked-for.ts'
import { presenceNow } from '../presence.ts'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { type Stream, streamNamed } from '../ui/stream.ts'

/** One stream per member: they end at different times, and each is asked with its own growing pauses. */
const streamOf = (id: string): Stream<string, FollowEvent> => streamNamed(`member ${id}`)

function followAll(members: readonly Remembered[]): void {
  if (!keyStoreOpen()) return
  for (const member of members)
    if (!member.final)
      void streamOf(member.id).run(
        member.id,
        (signal) => api.access.follow({ consent: member.id, parameters: presenceNow(member) }, { signal }),
        () => void createdThings.refresh(),
      )
}

const endings = { final: 'final', active: 'can be used', time: 'ten minutes are over', refused: 'not told' } as const

function Standing({ id }: { readonly id: string }) {
  const { running, events, fault, cancelled } = streamOf(id)()
  const end = events.find((event) => event.type === 'end')
  if (fault !== null) return <span className="text-bad">{fault.message}</span>
  if (running) return <span className="text-muted">is asked for …</span>
  if (cancelled) return <span className="text-muted">stopped</span>
  return end === undefined ? null : <span className="text-muted">{endings[end.because]}</span>
}

function Row({
  bank,
  id,
  thing,
  words,
}: {
  readonly bank: BankDetail
  readonly id: string
  readonly thing: Remembered | undefined
  /** Amount and payee. */
  readonly words: string | null
}) {
  return (
    <li className="flex flex-wrap items-center gap-2 border-t border-line py-2">
      <span className="min-w-40 flex-1">
        <span className="font-mono text-sm wrap-anywhere">{id}</span>
        {/* Keeps its line while history is asked. */}
        <span className="block h-5 truncate">{words}</span>
      </span>
      {thing === undefined ? (
        <span className="text-muted">not remembered here</span>
      ) : (
        <>
          <StatusBadge bank={bank} consent={thing} />
          <Standing id={thing.id} />
          <Button
            kind="quiet"
            aria-label={`Open ${id}`}
            onClick={() => {
              choose(thing.kind, bank.id, thing.id)
              show(thing.kind === 'payment' ? 'payments' : 'recurring-payments')
            }}
          >
            Open
          </Button>
        </>
      )}
    </li>
  )
}

/** Whether one of them is followed. */
function useAnyRunning(members: readonly Remembered[]): boolean {
  const ids = members.map(({ id }) => id).join(' ')
  const running = () => ids !== '' && ids.split(' ').some((id) => streamOf(id).getState().running)
  const subscribe = useCallback(
    (tell: () => void) => {
      const ends = ids === '' ? [] : ids.split(' ').map((id) => streamOf(id).subscribe(tell))
      return () => {
        for (const end of ends) end()
      }
    },
    [ids],
  )
  return useSyncExternalStore(subscribe, running)
}

function stopAll(members: readonly Remembered[]): void {
  for (const { id } of members) streamOf(id).cancel()
}

function Buttons({ members }: { readonly members: readonly Remembered[] }) {
  return useAnyRunning(members) ? (
    <Button onClick={() => stopAll(members)}>Stop following</Button>
  ) : (
    <Button disabled={members.every(({ final }) => final)} onClick={() => followAll(members)}>
      Follow the members
    </Button>
  )
}

export function MemberList({
  bank,
  ids,
  things,
}: {
  readonly bank: BankDetail
  readonly ids: readonly string[]
  readonly things: readonly Remembered[]
}) {
  const found = ids.map((id) => ({ id, thing: things.find(({ resource }) => resource === id) }))
  const members = found.flatMap(({ thing }) => thing ?? [])
  const asked = useAskedFor(members)
  const ended = members.filter(({ final }) => final).length
  return (
    <DetailSection title={`Members (${ids.length})`} action={<Buttons members={members} />}>
      <p role="status" className="text-muted">
        {ended} of {ids.length} final.
      </p>
      <ul aria-label="Members">
        {found.map(({ id, thing }) => (
          <Row key={id} bank={bank} id={id} thing={thing} words={thing === undefined ? null : asked(thing)} />
        ))}
      </ul>
    </DetailSection>
  )
}
