/** The answers to a status that is followed, newest first, and when the next question comes. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { FollowEvent, Remembered } from '#shared/contract/followed.ts'
import { openExchange } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { shortMoment } from '../ui/local-time.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/use-now.ts'
import { FaultRemedy } from './fault-remedy.tsx'
import { following } from './following.ts'
import { scaVocabulary, scaWord, statusName } from './status-words.ts'

type Answer = Extract<FollowEvent, { type: 'status' }>
type Ending = Extract<FollowEvent, { type: 'end' }>['because']

const endings: Record<Ending, { readonly tone: 'good' | 'neutral' | 'caution'; readonly title: string }> = {
  final: { tone: 'neutral', title: 'The status is final' },
  active: { tone: 'good', title: 'It can be used now' },
  time: { tone: 'caution', title: 'Ten minutes are over' },
  refused: { tone: 'caution', title: 'The bank does not tell' },
}

function NextQuestion({ answer }: { readonly answer: Answer }) {
  const now = useNow()
  if (answer.wait === null) return null
  const at = Date.parse(answer.exchange.at) + answer.exchange.timings.total + answer.wait
  const seconds = Math.max(0, Math.ceil((at - now) / 1000))
  return <span className="text-muted">asked again in {seconds} s</span>
}

function AnswerRow({ answer, name, next }: { readonly answer: Answer; readonly name: string; readonly next: boolean }) {
  const now = useNow()
  const { exchange } = answer
  return (
    <li className="flex min-h-7 flex-wrap items-center gap-x-3">
      <span className="w-16 font-mono text-sm text-muted">{shortMoment(exchange.at, now)}</span>
      <span>{answer.status === null ? `no status (${exchange.response?.status ?? 'no answer'})` : name}</span>
      {next && <NextQuestion answer={answer} />}
      <Button
        kind="quiet"
        className="ml-auto h-6"
        aria-label={`Open the answer of ${shortMoment(exchange.at, now)} in History`}
        onClick={() => openExchange(exchange.id)}
      >
        Open
      </Button>
    </li>
  )
}

function EndNotice({ because, last, name }: { because: Ending; last: Answer | undefined; name: string }) {
  const { tone, title } = endings[because]
  const told = last?.meaning ?? ''
  const refused = `It answered ${last?.exchange.response?.status ?? 'nothing'}. ${last?.exchange.explanations[0]?.fix ?? ''}`
  return (
    <Notice tone={tone} title={title}>
      {because === 'refused' ? refused : because === 'time' ? `It is still: ${name}.` : `${name}. ${told}`}
    </Notice>
  )
}

export function FollowPanel({ bank, consent }: { readonly bank: BankDetail; readonly consent: Remembered }) {
  const { subject, events, running, cancelled, fault } = following()
  if (subject?.consent !== consent.id) return null
  const answers = events.filter((event) => event.type === 'status')
  const end = events.find((event) => event.type === 'end')
  const last = answers.at(-1)
  const ofSigner = (status: string) => scaWord(scaVocabulary(bank, [status]), status)?.name ?? status
  const nameOf = ({ status, meaning }: Answer) =>
    subject.authorisation === null || status === null ? statusName(bank, { status, meaning }) : ofSigner(status)
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <div className="flex min-h-7 items-center gap-2">
        <h3 className="min-w-0 flex-1 wrap-anywhere">
          {subject.authorisation === null ? 'Followed' : `Followed: authorisation ${subject.authorisation}`}
        </h3>
        {running ? (
          <Button onClick={following.cancel}>Stop</Button>
        ) : (
          <Button kind="quiet" onClick={following.clear}>
            Close
          </Button>
        )}
      </div>
      {/* Spoken when it changes, not at every question. */}
      <p role="status" className="sr-only">
        {last === undefined ? 'Asking for the status' : `Status: ${nameOf(last)}`}
      </p>
      {running && last === undefined && <p className="text-muted">Asking …</p>}
      <ol aria-label="Answers, newest first" className="flex max-h-56 flex-col overflow-y-auto">
        {[...answers].reverse().map((answer) => (
          <AnswerRow key={answer.exchange.id} answer={answer} name={nameOf(answer)} next={running && answer === last} />
        ))}
      </ol>
      {end !== undefined && <EndNotice because={end.because} last={last} name={last ? nameOf(last) : ''} />}
      {cancelled && <Notice title="Stopped">It is not asked for any longer; nothing has changed at the bank.</Notice>}
      <FaultNotice fault={fault} title="The status was not told" action={<FaultRemedy fault={fault} />} />
    </div>
  )
}
