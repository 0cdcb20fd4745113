/** One assumption: what is assumed and why, what a person says about it here, and where to set what is true. */
import { type SyntheticEvent, useState } from 'react'
import type { EnvironmentOverride } from '#shared/bank-environment.ts'
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import { openOperation } from '../open.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Marked } from '../ui/marked.tsx'
import { TextAreaField } from '../ui/text-area-field.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFocusFollows } from '../ui/use-focus-follows.ts'
import { adjustmentWords, stateWords } from './assumption-words.ts'
import { showEnvironment } from './banks-view.ts'
import { count } from './banks-words.ts'
import { fieldOfAdjustment } from './environment-draft.ts'

export type Assumption = EnvironmentDetail['assumptions'][number]
export type Said = EnvironmentOverride['assumptions'][string]
/** null: back to assumed. */
export type Say = (said: Said | null) => Promise<unknown>

function Differs({
  text,
  onSay,
  onClose,
}: {
  readonly text: string
  readonly onSay: Say
  readonly onClose: () => void
}) {
  const [instead, setInstead] = useState(text)
  const save = useAction(async () => {
    await onSay({ state: 'differs', instead: instead.trim() })
    onClose()
  })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (instead.trim() !== '') void save.run()
  }
  return (
    <form onSubmit={submit} className="flex max-w-xl flex-col gap-2">
      <TextAreaField
        label="What is true instead"
        rows={2}
        maxLength={2000}
        autoFocus
        value={instead}
        onChange={({ target }) => setInstead(target.value)}
      />
      <FaultNotice fault={save.fault} title="It was not saved" />
      <div className="flex gap-2">
        <Button kind="primary" type="submit" busy={save.busy} disabled={instead.trim() === ''}>
          Save
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}

function Operations({
  ids,
  bank,
  environment,
}: {
  readonly ids: readonly string[]
  readonly bank: string
  readonly environment: string
}) {
  if (ids.length === 0) return null
  return (
    <details>
      <summary className="w-fit text-sm text-muted hover:text-ink">{count(ids.length, 'operation')}</summary>
      <ul className="flex flex-wrap gap-x-3 py-1">
        {ids.map((id) => (
          <li key={id}>
            <button
              type="button"
              title="Open in Requests"
              onClick={() => openOperation(id, { bank, environment })}
              className="font-mono text-sm text-accent underline underline-offset-2"
            >
              {id}
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Actions({
  assumption: { state },
  onSay,
  onDiffers,
}: {
  readonly assumption: Assumption
  readonly onSay: Say
  readonly onDiffers: () => void
}) {
  const say = useAction(onSay)
  return (
    <>
      <div data-actions className="flex flex-wrap justify-end gap-1">
        {state !== 'confirmed' && (
          <Button busy={say.busy} onClick={() => void say.run({ state: 'confirmed' })}>
            Confirm
          </Button>
        )}
        <Button onClick={onDiffers}>{state === 'differs' ? 'Change …' : 'Differs …'}</Button>
        {state !== 'assumed' && (
          <Button kind="quiet" busy={say.busy} onClick={() => void say.run(null)}>
            Back to assumed
          </Button>
        )}
      </div>
      <FaultNotice fault={say.fault} title="It was not saved" />
    </>
  )
}

/** Links to the very fields that can be set when something else is true. */
function Adjustments({
  assumption: { adjust },
  bank,
  environment,
}: {
  readonly assumption: Assumption
  readonly bank: string
  readonly environment: string
}) {
  if (adjust.length === 0) return null
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm">
      <span className="text-muted">Set what is true here:</span>
      {adjust.map((adjustment) => (
        <button
          key={fieldOfAdjustment(adjustment)}
          type="button"
          onClick={() => showEnvironment(bank, environment, fieldOfAdjustment(adjustment))}
          className="text-accent underline underline-offset-2"
        >
          {adjustmentWords(adjustment)}
        </button>
      ))}
    </p>
  )
}

export function AssumptionRow({
  assumption,
  bank,
  environment,
  words,
  onSay,
}: {
  readonly assumption: Assumption
  readonly bank: string
  readonly environment: string
  readonly words: readonly string[]
  readonly onSay: Say
}) {
  const [editing, setEditing] = useState(false)
  const { id, text, reason, state, instead, operations } = assumption
  const [tone, word] = stateWords[state]
  const root = useFocusFollows<HTMLLIElement>(`${state} ${editing}`, '[data-actions] button')
  return (
    <li
      ref={root}
      aria-labelledby={`assumption-${id}`}
      className="flex items-start gap-4 border-b border-line px-4 py-2.5"
    >
      <div className="flex max-w-prose min-w-0 flex-1 flex-col gap-1">
        <p id={`assumption-${id}`}>
          <Marked text={text} words={words} />
        </p>
        <p className="text-muted">
          <Marked text={reason} words={words} />
        </p>
        {instead !== null && (
          <p className="border-l-2 border-accent pl-2 wrap-anywhere">
            <span className="text-muted">Here instead: </span>
            {instead}
          </p>
        )}
        {editing && <Differs text={instead ?? ''} onSay={onSay} onClose={() => setEditing(false)} />}
        <Adjustments assumption={assumption} bank={bank} environment={environment} />
        <Operations ids={operations} bank={bank} environment={environment} />
      </div>
      <div className="ml-auto flex w-52 shrink-0 flex-col items-end gap-1.5">
        <Badge tone={tone}>{word}</Badge>
        {!editing && <Actions assumption={assumption} onSay={onSay} onDiffers={() => setEditing(true)} />}
      </div>
    </li>
  )
}
