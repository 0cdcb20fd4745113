/** What few orders need: a fault in the certificate, its issuer, its days, portals, country. */
import { useState } from 'react'
import { SelectField, TextField } from '../ui/field.tsx'
import { issuerWords, profilePurposes, profileWords } from './order-words.ts'

export function OrderAdvanced({
  countryProblem,
  daysProblem,
}: {
  readonly countryProblem: string | null
  readonly daysProblem: string | null
}) {
  const [profile, setProfile] = useState<keyof typeof profilePurposes>('valid')
  return (
    <details className="rounded-md border border-line">
      <summary className="h-7 px-2 leading-7 text-muted">
        Advanced: faults on purpose, issuer, days, portals, country
      </summary>
      <div className="flex flex-col gap-3 border-t border-line p-3">
        <div className="grid grid-cols-[2fr_1fr] gap-3">
          <SelectField
            label="What shall be wrong with it"
            name="profile"
            value={profile}
            hint={profilePurposes[profile]}
            onChange={(event) => setProfile(event.target.value as keyof typeof profilePurposes)}
          >
            {profileWords.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </SelectField>
          <TextField label="Country" name="country" maxLength={2} placeholder="SE" problem={countryProblem} />
          <SelectField
            label="Issued by"
            name="issuer"
            defaultValue="standard"
            hint="With an Å, headers that name the issuer have to be encoded (RFC 2047), as SpareBank 1 asks."
          >
            {issuerWords.map(([id, words]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Days"
            name="days"
            inputMode="numeric"
            maxLength={3}
            placeholder="90"
            problem={daysProblem}
          />
        </div>
        <label className="flex items-start gap-2">
          <input type="checkbox" name="upload" defaultChecked className="mt-1 accent-accent" />
          Upload it to the banks’ portals, as a person would do before registration
        </label>
      </div>
    </details>
  )
}
