/** A registration that is wrong on purpose: what is left out or changed, for what the bank says to it. */
import { TextField } from '../ui/field.tsx'

export interface Otherwise {
  readonly withoutCertificate: boolean
  readonly emptyList: boolean
  /** Organisation identifier that is sent instead of the certificate's; empty: the certificate's. */
  readonly organisation: string
}

export const asItShouldBe: Otherwise = { withoutCertificate: false, emptyList: false, organisation: '' }

/** What is wrong with it, in words; empty where nothing is. */
export function otherwiseWords({ withoutCertificate, emptyList, organisation }: Otherwise): readonly string[] {
  return [
    ...(withoutCertificate ? ['without the client certificate'] : []),
    ...(emptyList ? ['with an empty list of callbacks'] : []),
    ...(organisation.trim() === '' ? [] : [`as ${organisation.trim()}`]),
  ]
}

function Wrong({
  label,
  checked,
  onChange,
}: {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}) {
  return (
    <label className="flex min-h-7 items-center gap-2">
      <input
        type="checkbox"
        className="accent-accent"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
      />
      {label}
    </label>
  )
}

/** Folded: it is not what somebody comes for who wants to be registered. */
export function RegisterOtherwise({
  own,
  value,
  onChange,
}: {
  /** The certificate's own organisation identifier. */
  readonly own: string | null
  readonly value: Otherwise
  readonly onChange: (value: Otherwise) => void
}) {
  const change = (part: Partial<Otherwise>) => onChange({ ...value, ...part })
  return (
    <details className="rounded-md border border-line px-3 py-2">
      <summary>
        Wrong on purpose <span className="text-muted">(to see what the bank says)</span>
      </summary>
      <div className="flex flex-col gap-1 pt-2">
        <Wrong
          label="Without the client certificate"
          checked={value.withoutCertificate}
          onChange={(withoutCertificate) => change({ withoutCertificate })}
        />
        <Wrong
          label="With an empty list of callbacks"
          checked={value.emptyList}
          onChange={(emptyList) => change({ emptyList })}
        />
        <TextField
          label="Another organisation identifier"
          className="font-mono"
          placeholder={own ?? ''}
          value={value.organisation}
          onChange={({ target }) => change({ organisation: target.value })}
        />
      </div>
    </details>
  )
}
