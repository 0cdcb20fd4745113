/** Adds a fault: what goes wrong, at which bank and operation, with which values, how often. */
import { type SyntheticEvent, useState } from 'react'
import type { SandboxFault, SandboxFaultKind, SandboxReady } from '#shared/sandbox-protocol.ts'
import { api } from '../api.ts'
import { useApp } from '../app-state.ts'
import { bankOperations } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { useAction } from '../ui/use-action.ts'
import { useFirstFocus } from '../ui/use-first-focus.ts'
import { bankOptions } from './bank-options.ts'
import { parameterValue, placeWords, withFault } from './fault-words.ts'
import { formText } from './form-text.ts'

function KindField({
  known,
  kind,
  keeper,
  onChange,
}: {
  readonly known: readonly SandboxFaultKind[]
  readonly kind: SandboxFaultKind
  readonly keeper: boolean
  readonly onChange: (id: string) => void
}) {
  const places = Object.entries(placeWords) as [SandboxFaultKind['applies'], string][]
  return (
    <SelectField
      label="What goes wrong"
      value={kind.id}
      data-first-focus
      hint={kind.about}
      onChange={({ target }) => onChange(target.value)}
    >
      {places.map(([applies, words]) => (
        <optgroup key={applies} label={words}>
          {known
            .filter((each) => each.applies === applies)
            .map(({ id, title, scope }) => (
              <option key={id} value={id} disabled={!keeper && scope === 'everyone'}>
                {title}
              </option>
            ))}
        </optgroup>
      ))}
    </SelectField>
  )
}

function PlaceField({
  sandbox,
  bank,
  kind,
}: {
  readonly sandbox: SandboxReady
  readonly bank: string
  readonly kind: SandboxFaultKind
}) {
  const { value: operations } = bankOperations(bank)()
  if (kind.applies === 'redirect')
    return <p className="text-sm text-muted">It applies wherever this bank sends a browser back.</p>
  if (kind.applies === 'connection')
    return (
      <SelectField key={bank} label="Host" name="host" defaultValue="">
        <option value="">Every host</option>
        {Object.keys(sandbox.banks.find(({ id }) => id === bank)?.urls ?? {}).map((host) => (
          <option key={host} value={host}>
            {host}
          </option>
        ))}
      </SelectField>
    )
  return (
    <SelectField key={bank} label="Operation" name="operation" defaultValue="*">
      <option value="*">{kind.applies === 'call' ? 'Every call and page' : 'Every token call'}</option>
      {operations?.map(({ id, method, title }) => (
        <option key={id} value={id}>
          {method} {title}
        </option>
      ))}
    </SelectField>
  )
}

/** `milliseconds`, `retry-after (seconds)`. */
const parameterLabel = (name: string, unit: string): string => (unit === name ? name : `${name} (${unit})`)

function Parameters({ kind: { id, parameters } }: { readonly kind: SandboxFaultKind }) {
  return Object.entries(parameters).map(([name, parameter]) =>
    parameter.kind === 'choice' ? (
      <SelectField
        key={`${id} ${name}`}
        label={name}
        name={`value ${name}`}
        defaultValue={parameter.default}
        hint={parameter.about}
      >
        {parameter.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </SelectField>
    ) : (
      <TextField
        key={`${id} ${name}`}
        label={parameterLabel(name, parameter.unit)}
        name={`value ${name}`}
        type="number"
        step={1}
        required
        min={parameter.minimum}
        max={parameter.maximum}
        defaultValue={parameter.default}
        hint={`${parameter.about} From ${parameter.minimum.toLocaleString('en')} to ${parameter.maximum.toLocaleString('en')}.`}
      />
    ),
  )
}

function readFault(form: HTMLFormElement, kind: SandboxFaultKind, bank: string): SandboxFault {
  const data = new FormData(form)
  const text = (name: string) => formText(data, name)
  const values = Object.entries(kind.parameters).map(([name, parameter]) => [
    name,
    parameterValue(parameter, text(`value ${name}`)),
  ])
  return {
    bank,
    operation: text('operation') || '*',
    fault: kind.id,
    parameters: Object.fromEntries(values) as SandboxFault['parameters'],
    ...(text('host') === '' ? {} : { host: text('host') }),
    ...(text('times') === '' ? {} : { times: Number(text('times')) }),
  }
}

export function FaultDialog({
  tenant,
  sandbox,
  known,
  keeper,
  onClose,
  onSet,
}: {
  readonly tenant: string
  readonly sandbox: SandboxReady
  readonly known: readonly SandboxFaultKind[]
  readonly keeper: boolean
  readonly onClose: () => void
  readonly onSet: () => void
}) {
  const first = useFirstFocus<HTMLFormElement>()
  const used = useApp().bank
  const options = bankOptions(sandbox)
  const [kindId, setKind] = useState(known[0]?.id ?? '')
  const [bank, setBank] = useState(options.find(([id]) => id === used)?.[0] ?? options[0]?.[0] ?? '')
  const kind = known.find(({ id }) => id === kindId)
  const add = useAction(async (fault: SandboxFault) => {
    const { set } = await api.sandbox.faults({ tenant })
    await api.sandbox.faults({ tenant, set: withFault(set, fault) })
    onSet()
    onClose()
  })
  if (kind === undefined) return null
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    void add.run(readFault(event.currentTarget, kind, bank))
  }
  return (
    <Dialog title="Add a fault" onClose={onClose}>
      <form ref={first} className="flex flex-col gap-3" onSubmit={submit}>
        <KindField known={known} kind={kind} keeper={keeper} onChange={setKind} />
        {kind.scope === 'everyone' && (
          <Notice tone="caution" title="Everyone meets it">
            A connection has no tenant yet when its handshake begins: whoever connects to this host of the bank meets
            the fault, not only {tenant}.
          </Notice>
        )}
        {!keeper && (
          <p className="text-sm text-muted">
            Faults of whole connections concern everyone, so only the keeper of this sandbox can set them.
          </p>
        )}
        <SelectField label="Bank" value={bank} onChange={({ target }) => setBank(target.value)}>
          {options.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <PlaceField sandbox={sandbox} bank={bank} kind={kind} />
        <Parameters kind={kind} />
        <TextField
          label={`How many ${kind.applies === 'connection' ? 'connections' : 'calls'} it is good for`}
          name="times"
          type="number"
          min={1}
          max={1_000_000}
          step={1}
          placeholder="until it is removed"
        />
        <FaultNotice fault={add.fault} title="The fault was not set" />
        <div className="flex gap-2">
          <Button kind="primary" type="submit" busy={add.busy}>
            Add the fault
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
