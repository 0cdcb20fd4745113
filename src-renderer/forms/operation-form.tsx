/** A form for one operation of a bank: its parameters, its body as fields or JSON, what would be wrong, and the button that sends it. */
import { type ReactNode, useState } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { FindingList } from '../exchange/finding-list.tsx'
import { RemedyButtons } from '../exchange/remedy-button.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { Prose } from '../ui/prose.tsx'
import { BodyEditor } from './body-editor.tsx'
import { CallParameters } from './call-parameters.tsx'
import { cancelSending, clearSending } from './sending.ts'
import { type OperationFormInput, type OperationFormState, useOperationForm } from './use-operation-form.ts'

export interface OperationFormProps extends OperationFormInput {
  /** Values offered for a parameter, where the view has fewer than the schema. */
  readonly choices?: Readonly<Record<string, readonly string[]>>
  /** Parameters shown although nothing needs them. */
  readonly front?: readonly string[]
  /** What the button says, such as “Create the payment”. */
  readonly submit: string
  /** The answer is shown elsewhere. */
  readonly answerElsewhere?: boolean
  /** A failing answer that is a step and no failure. */
  readonly isStep?: (exchange: Exchange) => boolean
  readonly onAnswer?: (exchange: Exchange) => void
  /** By JSON pointer: parts of the body the view edits in its own way. */
  readonly instead?: (state: OperationFormState) => Readonly<Record<string, ReactNode>>
}

/** The document’s example, taken over in a way that can be taken back. */
function Examples({
  detail,
  wanted,
  state,
}: {
  detail: OperationDetail
  wanted: string | null
  state: OperationFormState
}) {
  const [before, setBefore] = useState<{ readonly body: string; readonly filled: string } | null>(null)
  if (detail.body === null) return null
  const { examples, example } = detail.body
  const named = examples.find(({ name }) => name === wanted)
  const text = named?.text ?? example
  if (text === null) return null
  const { body } = state.draft
  return (
    <>
      <Button
        kind="quiet"
        title={named?.summary}
        onClick={() => {
          setBefore({ body, filled: text })
          state.change({ body: text })
        }}
      >
        Fill with example
      </Button>
      {before !== null && before.filled === body && (
        <Button
          kind="quiet"
          onClick={() => {
            state.change({ body: before.body })
            setBefore(null)
          }}
        >
          Take back
        </Button>
      )}
    </>
  )
}

function Held({ state, onSend }: { readonly state: OperationFormState; readonly onSend: () => void }) {
  if (!state.held) return null
  const wrong = Object.keys(state.problems.body).length + Object.keys(state.problems.parameters).length
  return (
    <Notice tone="caution" title="It was not sent" action={<Button onClick={onSend}>Send it all the same</Button>}>
      {wrong === 0
        ? 'The bank would refuse it; see below.'
        : 'The bank would refuse it: see the fields that are marked.'}{' '}
      To see what the bank says to it, send it all the same.
    </Notice>
  )
}

function Others({ state }: { readonly state: OperationFormState }) {
  const { others } = state.problems
  if (others.length === 0) return null
  return (
    <FindingList
      label="Known before sending"
      findings={others}
      action={({ remedies = [] }) => (remedies.length === 0 ? null : <RemedyButtons remedies={remedies} />)}
    />
  )
}

function Outcome({ props, state }: { readonly props: OperationFormProps; readonly state: OperationFormState }) {
  const { exchange, fault, draft } = state.sending
  return (
    <>
      <FaultNotice fault={fault} title="It was not sent" action={<FaultRemedy fault={fault} />} />
      {exchange !== null && props.answerElsewhere !== true && (
        <ExchangeLine exchange={exchange} draft={draft} quiet={props.isStep?.(exchange) ?? false} />
      )}
    </>
  )
}

function Actions({
  props,
  state,
  onSend,
}: {
  props: OperationFormProps
  state: OperationFormState
  onSend: (insist: boolean) => void
}) {
  const { sending, shape } = state
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button kind="primary" type="submit" data-primary busy={sending.busy}>
        {sending.busy ? 'Sending …' : props.submit}
      </Button>
      {sending.call !== null && <Button onClick={() => void cancelSending(props.name)}>Cancel</Button>}
      <Examples detail={props.detail} wanted={shape.example} state={state} />
      <Button
        kind="quiet"
        onClick={() => {
          state.change({ parameters: {}, body: '' })
          clearSending(props.name)
        }}
      >
        Empty the form
      </Button>
      <Held state={state} onSend={() => onSend(true)} />
    </div>
  )
}

export function OperationForm(props: OperationFormProps) {
  const { detail, choices = {}, front = [] } = props
  const state = useOperationForm(props)
  const { shape } = state
  const onSend = (insist: boolean) =>
    void state.send(insist).then((exchange) => {
      if (exchange !== null) props.onAnswer?.(exchange)
    })
  return (
    <form
      noValidate
      autoComplete="off"
      aria-label={props.submit}
      className="@container flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        onSend(false)
      }}
    >
      <CallParameters
        parameters={detail.parameters}
        front={front}
        values={state.values}
        choices={choices}
        problems={state.problems.parameters}
        told={state.told}
        onChange={state.setParameter}
      />
      {shape.notes.length > 0 && (
        <ul aria-label="Good to know" className="flex list-disc flex-col gap-1 pl-5 text-sm text-muted">
          {shape.notes.map((note) => (
            <li key={note}>
              <Prose text={note} />
            </li>
          ))}
        </ul>
      )}
      {detail.body !== null && (
        <BodyEditor
          text={state.draft.body}
          raw={state.draft.raw}
          fields={state.fields}
          shape={shape}
          rules={detail.rules}
          problems={state.problems.body}
          onText={(body) => state.change({ body })}
          onRaw={(raw) => state.change({ raw })}
          {...(props.instead === undefined ? {} : { instead: props.instead(state) })}
        />
      )}
      <Others state={state} />
      <Actions props={props} state={state} onSend={onSend} />
      <Outcome props={props} state={state} />
    </form>
  )
}
