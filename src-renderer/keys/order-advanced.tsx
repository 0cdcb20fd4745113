/** What few orders need: a fault in the certificate, portals, country. */
import { SelectField, TextField } from '../ui/field.tsx'
import { profileWords } from './order-words.ts'

export function OrderAdvanced({ countryProblem }: { readonly countryProblem: string | null }) {
  return (
    <details className="rounded-md border border-line">
      <summary className="h-7 px-2 leading-7 text-muted">Advanced: faults on purpose, portals, country</summary>
      <div className="flex flex-col gap-3 border-t border-line p-3">
        <div className="grid grid-cols-[2fr_1fr] gap-3">
          <SelectField label="What shall be wrong with it" name="profile" defaultValue="valid">
            {profileWords.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </SelectField>
          <TextField label="Country" name="country" maxLength={2} placeholder="SE" problem={countryProblem} />
        </div>
        <label className="flex items-start gap-2">
          <input type="checkbox" name="upload" defaultChecked className="mt-1 accent-accent" />
          Upload it to the banks’ portals, as a person would do before registration
        </label>
      </div>
    </details>
  )
}
