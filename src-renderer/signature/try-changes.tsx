/** The laboratory: elements of an own signature are changed one by one, the first difference is seen, and a test bank is asked. */
import { useState } from 'react'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { clearSending, useSending } from '../forms/sending.ts'
import { banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { sendChanged, sendingName } from './send-changed.ts'
import { explain, type Laboratory, useSignature } from './signature-view.ts'

const tried = ({ id }: Laboratory): readonly string[] => {
  const { source } = useSignature.getState()
  return source?.kind === 'exchange' && source.id === id ? (source.changes ?? []) : []
}

function change(laboratory: Laboratory, changes: readonly string[]): void {
  clearSending(sendingName(laboratory))
  void explain({ kind: 'exchange', id: laboratory.id, changes })
}

function Send({ laboratory, changes }: { readonly laboratory: Laboratory; readonly changes: readonly string[] }) {
  const { busy } = useSending(sendingName(laboratory))
  const { bank, environment } = laboratory.whole
  const kind = banks()
    .value?.find(({ id }) => id === bank)
    ?.environments.find(({ id }) => id === environment)?.kind
  if (kind === undefined || kind === 'production')
    return kind === undefined ? null : <p className="text-sm text-muted">A changed call is not sent to production.</p>
  return (
    <Button
      busy={busy}
      onClick={() => {
        if (keyStoreOpen()) void sendChanged(laboratory, changes)
      }}
    >
      {changes.length === 0 ? 'Send it once more' : 'Send it so'}
    </Button>
  )
}

export function TryChanges({ laboratory }: { readonly laboratory: Laboratory }) {
  const { source } = useSignature()
  const changes = source?.kind === 'exchange' ? (source.changes ?? []) : []
  const [open, setOpen] = useState(changes.length > 0)
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Try changes on it</summary>
      <div className="flex flex-col gap-2 pt-1">
        <fieldset className="flex flex-col">
          <legend className="pb-1 text-sm text-muted">
            The signature stays as it was made. The first difference is what a bank meets first.
          </legend>
          {laboratory.fitting.map(({ id, name }) => (
            <label key={id} className="flex items-start gap-2 rounded-sm py-0.5 hover:bg-raised">
              <input
                type="checkbox"
                checked={changes.includes(id)}
                onChange={({ target }) =>
                  change(
                    laboratory,
                    target.checked ? [...tried(laboratory), id] : tried(laboratory).filter((each) => each !== id),
                  )
                }
                className="mt-1 shrink-0 accent-accent"
              />
              {name}
            </label>
          ))}
        </fieldset>
        {!laboratory.bodyKept && (
          <p className="text-sm text-muted">
            History does not have this body as it was sent: secrets are taken out, and a closed key store keeps none.
            Body and digest cannot be changed here, and it is sent again from Requests only.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          {laboratory.bodyKept && <Send laboratory={laboratory} changes={changes} />}
          {changes.length > 0 && <Button onClick={() => change(laboratory, [])}>As it was sent</Button>}
        </div>
      </div>
    </details>
  )
}

/** What the bank says to it. */
export function AnswerToChanges({ laboratory }: { readonly laboratory: Laboratory }) {
  const { exchange, draft, fault } = useSending(sendingName(laboratory))
  return (
    <>
      <FaultNotice fault={fault} title="It was not sent" />
      {exchange !== null && <ExchangeLine exchange={exchange} draft={draft} />}
    </>
  )
}
