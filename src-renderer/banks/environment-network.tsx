/** The way to the bank in one environment: whom to trust beside the built-in roots, and through which proxy. */
import { DetailSection } from '../ui/detail-section.tsx'
import { TextField } from '../ui/field.tsx'
import { TextAreaField } from '../ui/text-area-field.tsx'
import type { EnvironmentForm } from './environment-form.ts'

export function EnvironmentNetwork({ form: { draft, change, problemOf } }: { readonly form: EnvironmentForm }) {
  return (
    <DetailSection title="Trust and proxy">
      <div className="grid gap-3 xl:grid-cols-2">
        <TextAreaField
          label="More certificate authorities (PEM)"
          rows={3}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={draft.ca}
          problem={problemOf('ca')}
          hint="Trusted here beside the built-in roots, one after the other. Nothing switches the check off."
          onChange={(event) => change({ ca: event.target.value })}
        />
        <TextField
          label="Proxy"
          placeholder="http://proxy.example:3128"
          value={draft.proxy}
          problem={problemOf('proxy')}
          hint="Reached by CONNECT: it sees the bank's host name, never the client certificate or the request. The proxy of the system is not used."
          onChange={(event) => change({ proxy: event.target.value })}
        />
      </div>
    </DetailSection>
  )
}
