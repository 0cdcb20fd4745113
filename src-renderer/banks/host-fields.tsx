/** Where the bank's hosts are in an environment, and which of them ask for the client certificate. */
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import { Badge } from '../ui/badge.tsx'
import { inputClass } from '../ui/field.tsx'
import { AdjustableField } from './adjustable-field.tsx'
import type { Origin } from './banks-words.ts'
import { type EnvironmentForm, without } from './environment-form.ts'

type Host = EnvironmentDetail['hosts'][number]
interface HostProps {
  readonly host: Host
  readonly form: EnvironmentForm
}

/** What the folder or the running sandbox has; unknown while something else is saved in its place. */
const given = ({ url, urlFrom }: Host): string => (urlFrom === 'yours' ? '' : url)

function originOf(host: Host, typed: string | undefined): Origin | null {
  if (typed !== undefined && typed.trim() !== '') return 'yours'
  // What was saved is on its way out: what is below it shows after saving.
  return host.urlFrom === 'yours' ? null : host.urlFrom
}

function UrlField({ host, form: { draft, change, problemOf } }: HostProps) {
  const typed = draft.urls[host.id]
  const label = `URL of ${host.id}`
  return (
    <AdjustableField
      field={`urls.${host.id}`}
      label={label}
      origin={originOf(host, typed)}
      problem={problemOf(`urls.${host.id}`)}
      onUndo={typed === undefined ? null : () => change({ urls: without(draft.urls, host.id) })}
    >
      {(attributes) => (
        <input
          {...attributes}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={typed ?? given(host)}
          placeholder={host.urlFrom === 'yours' ? 'as in the bank’s document' : 'https://'}
          onChange={({ target: { value } }) =>
            change({
              urls: value === given(host) ? without(draft.urls, host.id) : { ...draft.urls, [host.id]: value },
            })
          }
          className={`${inputClass} font-mono text-sm`}
        />
      )}
    </AdjustableField>
  )
}

function CertificateField({ host, form: { draft, change, problemOf } }: HostProps) {
  const chosen = draft.certificates[host.id]
  const field = `certificates.${host.id}`
  const undo = () => change({ certificates: without(draft.certificates, host.id) })
  return (
    <AdjustableField
      field={field}
      label={`Client certificate at ${host.id}`}
      problem={problemOf(field)}
      onUndo={chosen === undefined ? null : undo}
    >
      {(attributes) => (
        <select
          {...attributes}
          value={chosen ?? (host.certificateFrom === 'yours' ? '' : host.clientCertificate)}
          onChange={({ target: { value } }) => {
            if (value === '') undo()
            else change({ certificates: { ...draft.certificates, [host.id]: value === 'QWAC' ? 'QWAC' : 'none' } })
          }}
          className={inputClass}
        >
          {chosen === undefined && host.certificateFrom === 'yours' && <option value="">as in the document</option>}
          <option value="QWAC">QWAC</option>
          <option value="none">none</option>
        </select>
      )}
    </AdjustableField>
  )
}

export function HostFields({ form }: { readonly form: EnvironmentForm }) {
  return (
    <ul className="rounded-md border border-line">
      {form.detail.hosts.map((host) => (
        <li key={host.id} className="flex flex-col gap-1 border-b border-line p-3 last:border-b-0">
          <p className="flex min-w-0 items-baseline gap-2">
            <span className="font-mono text-sm">{host.id}</span>
            <span className="min-w-0 flex-1 text-muted">{host.description}</span>
            {host.browser && <Badge title="A person’s browser goes here instead of the workbench.">browser</Badge>}
          </p>
          <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,15rem)] items-start gap-3">
            <UrlField host={host} form={form} />
            {!host.browser && <CertificateField host={host} form={form} />}
          </div>
        </li>
      ))}
    </ul>
  )
}
