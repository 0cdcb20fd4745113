/** How requests are signed in an environment: as the bank's folder has it, or as a person set it. */
import type { SigningProfile } from '#shared/signing-profile.ts'
import { inputClass } from '../ui/field.tsx'
import { AdjustableField } from './adjustable-field.tsx'
import { schemeWords } from './banks-words.ts'
import type { EnvironmentForm } from './environment-form.ts'
import { SigningParameters, schemeTemplates } from './signing-fields.tsx'

const schemes = Object.keys(schemeWords) as SigningProfile['scheme'][]

export function EnvironmentSigning({
  form: { detail, draft, change, problemOf },
  documentScheme,
}: {
  readonly form: EnvironmentForm
  /** null while it is loaded. */
  readonly documentScheme: string | null
}) {
  const { signing } = draft
  const printed = schemes.find((scheme) => scheme === documentScheme)
  const choose = (value: string) => {
    const scheme = schemes.find((each) => each === value)
    if (scheme === undefined) change({ signing: null })
    else
      change({ signing: structuredClone(detail.signing.scheme === scheme ? detail.signing : schemeTemplates[scheme]) })
  }
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line p-3">
      <AdjustableField
        field="signing"
        label="Signing scheme"
        origin={signing === null ? 'document' : 'yours'}
        problem={signing === null || signing.scheme === 'none' ? problemOf('signing') : null}
        onUndo={signing === null ? null : () => change({ signing: null })}
      >
        {(attributes) => (
          <select
            {...attributes}
            value={signing?.scheme ?? ''}
            onChange={({ target }) => choose(target.value)}
            className={inputClass}
          >
            <option value="">
              {printed === undefined
                ? 'As in the bank’s document'
                : `As in the bank’s document: ${schemeWords[printed]}`}
            </option>
            {schemes.map((scheme) => (
              <option key={scheme} value={scheme}>
                {schemeWords[scheme]}
              </option>
            ))}
          </select>
        )}
      </AdjustableField>
      {signing !== null && (
        <SigningParameters profile={signing} onChange={(next) => change({ signing: next })} problemOf={problemOf} />
      )}
    </div>
  )
}
