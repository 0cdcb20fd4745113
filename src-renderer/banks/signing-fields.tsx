/** A bank's signing scheme and its parameters as fields; used for an environment and for a bank of the user's own. */
import type { DetachedJwsProfile, HttpSignatureProfile, SigningProfile } from '#shared/signing-profile.ts'
import { SelectField, TextField } from '../ui/field.tsx'

export const schemeTemplates: Readonly<Record<SigningProfile['scheme'], SigningProfile>> = {
  none: { scheme: 'none' },
  'http-signature': {
    scheme: 'http-signature',
    algorithms: ['rsa-sha256'],
    keyId: 'serial-issuer-rfc2253',
    signedHeaders: ['digest', 'x-request-id'],
    whenPresent: [],
    prefix: '',
    digest: 'SHA-256',
    certificate: { header: 'TPP-Signature-Certificate', form: 'base64-der' },
    nonAscii: 'refuse',
  },
  'detached-jws': {
    scheme: 'detached-jws',
    header: 'x-jws-signature',
    algorithms: ['PS256'],
    signedHeaders: ['digest', 'x-request-id'],
    digest: 'SHA-256',
    certificate: ['x5c'],
  },
}

type ProblemOf = (field: string) => string | null

function Choices<Value extends string>({
  label,
  all,
  chosen,
  problem,
  onChange,
}: {
  readonly label: string
  readonly all: readonly Value[]
  readonly chosen: readonly Value[]
  readonly problem: string | null
  readonly onChange: (chosen: Value[]) => void
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-sm text-muted">{label}</legend>
      <div className="flex min-h-7 flex-wrap items-center gap-x-4">
        {all.map((value) => (
          <label key={value} className="flex items-center gap-1.5 font-mono text-sm">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))
              }
              className="accent-accent"
            />
            {value}
          </label>
        ))}
      </div>
      {problem !== null && (
        <div role="alert" className="text-sm text-bad">
          {problem}
        </div>
      )}
    </fieldset>
  )
}

function HeaderNames({
  label,
  hint,
  names,
  problem,
  onChange,
}: {
  readonly label: string
  readonly hint: string
  readonly names: readonly string[]
  readonly problem: string | null
  readonly onChange: (names: string[]) => void
}) {
  return (
    <TextField
      label={label}
      hint={hint}
      problem={problem}
      value={names.join(' ')}
      onChange={({ target }) => onChange(target.value.toLowerCase().split(' '))}
      className="font-mono text-sm"
    />
  )
}

function Digest({
  value,
  onChange,
}: {
  readonly value: 'SHA-256' | 'SHA-512'
  readonly onChange: (value: 'SHA-256' | 'SHA-512') => void
}) {
  return (
    <SelectField
      label="Digest of the body"
      value={value}
      onChange={({ target }) => onChange(target.value === 'SHA-512' ? 'SHA-512' : 'SHA-256')}
    >
      <option>SHA-256</option>
      <option>SHA-512</option>
    </SelectField>
  )
}

interface Fields<Profile> {
  readonly profile: Profile
  readonly onChange: (profile: Profile) => void
  readonly problemOf: ProblemOf
}

function CertificateHeader({ profile, onChange, problemOf }: Fields<HttpSignatureProfile>) {
  const { certificate } = profile
  const change = (part: Partial<HttpSignatureProfile>) => onChange({ ...profile, ...part })
  return (
    <>
      <TextField
        label="Header with the signing certificate"
        value={certificate.header}
        problem={problemOf('signing.certificate')}
        onChange={({ target }) => change({ certificate: { ...certificate, header: target.value } })}
        className="font-mono text-sm"
      />
      <SelectField
        label="Form of the certificate"
        value={certificate.form}
        onChange={({ target: { value } }) =>
          change({ certificate: { ...certificate, form: value === 'base64-pem' ? 'base64-pem' : 'base64-der' } })
        }
      >
        <option value="base64-der">base64 of its DER</option>
        <option value="base64-pem">base64 of its PEM text</option>
      </SelectField>
    </>
  )
}

function HttpSignature({ profile, onChange, problemOf }: Fields<HttpSignatureProfile>) {
  const change = (part: Partial<HttpSignatureProfile>) => onChange({ ...profile, ...part })
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <Choices
        label="Algorithms"
        all={['rsa-sha256', 'rsa-sha512', 'ecdsa-sha256']}
        chosen={profile.algorithms}
        problem={problemOf('signing.algorithms')}
        onChange={(algorithms) => change({ algorithms })}
      />
      <SelectField
        label="keyId"
        value={profile.keyId}
        problem={problemOf('signing.keyId')}
        onChange={({ target }) => change({ keyId: target.value as HttpSignatureProfile['keyId'] })}
      >
        <option value="serial-issuer-one-line">SN=…,DN=/issuer in OpenSSL’s one-line form</option>
        <option value="serial-issuer-rfc2253">SN=…,CA=issuer in RFC 2253 form</option>
      </SelectField>
      <HeaderNames
        label="Signed headers, in order"
        hint="Lower case, one space between."
        names={profile.signedHeaders}
        problem={problemOf('signing.signedHeaders')}
        onChange={(signedHeaders) => change({ signedHeaders })}
      />
      <HeaderNames
        label="Of these, only when the request has them"
        hint="The others must be there."
        names={profile.whenPresent}
        problem={problemOf('signing.whenPresent')}
        onChange={(whenPresent) => change({ whenPresent })}
      />
      <TextField
        label="Text before keyId="
        value={profile.prefix}
        problem={problemOf('signing.prefix')}
        onChange={({ target }) => change({ prefix: target.value })}
        className="font-mono text-sm"
      />
      <Digest value={profile.digest} onChange={(digest) => change({ digest })} />
      <CertificateHeader profile={profile} onChange={onChange} problemOf={problemOf} />
      <SelectField
        label="Header values that are not ASCII"
        value={profile.nonAscii}
        onChange={({ target }) => change({ nonAscii: target.value === 'rfc2047' ? 'rfc2047' : 'refuse' })}
      >
        <option value="rfc2047">one encoded-word (RFC 2047)</option>
        <option value="refuse">are refused</option>
      </SelectField>
    </div>
  )
}

function DetachedJws({ profile, onChange, problemOf }: Fields<DetachedJwsProfile>) {
  const change = (part: Partial<DetachedJwsProfile>) => onChange({ ...profile, ...part })
  return (
    <div className="grid grid-cols-2 items-start gap-3">
      <TextField
        label="Header with the signature"
        value={profile.header}
        problem={problemOf('signing.header')}
        onChange={({ target }) => change({ header: target.value })}
        className="font-mono text-sm"
      />
      <Digest value={profile.digest} onChange={(digest) => change({ digest })} />
      <Choices
        label="Algorithms"
        all={['RS256', 'PS256', 'ES256']}
        chosen={profile.algorithms}
        problem={problemOf('signing.algorithms')}
        onChange={(algorithms) => change({ algorithms })}
      />
      <Choices
        label="Certificate in the protected header"
        all={['x5c', 'x5t#S256']}
        chosen={profile.certificate}
        problem={problemOf('signing.certificate')}
        onChange={(certificate) => change({ certificate })}
      />
      <HeaderNames
        label="Signed headers, in order"
        hint="Lower case, one space between."
        names={profile.signedHeaders}
        problem={problemOf('signing.signedHeaders')}
        onChange={(signedHeaders) => change({ signedHeaders })}
      />
    </div>
  )
}

/** The parameters of the scheme; which scheme it is, is chosen above them. */
export function SigningParameters({ profile, onChange, problemOf }: Fields<SigningProfile>) {
  if (profile.scheme === 'http-signature')
    return <HttpSignature profile={profile} onChange={onChange} problemOf={problemOf} />
  if (profile.scheme === 'detached-jws')
    return <DetachedJws profile={profile} onChange={onChange} problemOf={problemOf} />
  return null
}
