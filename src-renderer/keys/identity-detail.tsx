/** One identity in full: what its certificate says, what it stands on, whether its key is there. */
import type { IdentityDetail as Detail, IdentityView } from '#shared/contract/keys.ts'
import type { Fault } from '#shared/fault.ts'
import { choose, useApp } from '../app-state.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Notice } from '../ui/notice.tsx'
import { CertificateChain } from './certificate-chain.tsx'
import { DistinguishedName } from './distinguished-name.tsx'
import { keyWords } from './key-words.ts'
import { roleWords } from './role-words.ts'
import { ValidityBadge } from './validity-badge.tsx'

const keyStates: Readonly<Record<Detail['keyState'], readonly [Tone, string]>> = {
  present: ['good', 'in the key store'],
  absent: ['bad', 'missing from the key store: import the certificate and its key again'],
  unknown: ['caution', 'not known while the key store is closed'],
}

/** Wire data beside a copy button that does not make the row higher. */
function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <span className="flex items-start gap-1">
      <span className="min-w-0 flex-1 font-mono text-sm leading-5 wrap-anywhere">{text}</span>
      <span className="-my-1">
        <CopyButton text={text} label={label} />
      </span>
    </span>
  )
}

function Roles({ roles }: { readonly roles: Detail['roles'] }) {
  if (roles.length === 0) return <>none in the certificate</>
  return (
    <ul>
      {roles.map((role) => (
        <li key={role}>
          <span className="font-mono text-sm">{role}</span> {roleWords[role]}
        </li>
      ))}
    </ul>
  )
}

function Warnings({ warnings }: { readonly warnings: IdentityView['warnings'] }) {
  const [first, ...others] = warnings
  if (first === undefined) return null
  if (others.length === 0) return <Notice tone="caution" title={first.message} />
  return (
    <Notice tone="caution" title={`${warnings.length} warnings`}>
      <ul className="list-disc pl-4">
        {warnings.map(({ id, message }) => (
          <li key={id}>{message}</li>
        ))}
      </ul>
    </Notice>
  )
}

export function IdentityDetail({
  identity,
  more,
  fault,
  onDelete,
}: {
  readonly identity: IdentityView
  /** What opening the key store tells; null while it is asked. */
  readonly more: Detail | null
  readonly fault: Fault | null
  readonly onDelete: () => void
}) {
  const { identity: used } = useApp()
  const [tone, keyState] = more === null ? (['neutral', 'being looked up'] as const) : keyStates[more.keyState]
  const { organizationIdentifier, authority } = identity
  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="text-lg wrap-anywhere">{identity.name}</h2>
        <Badge>{identity.kind === 'none' ? 'no PSD2 certificate' : identity.kind}</Badge>
        <ValidityBadge notBefore={identity.notBefore} notAfter={identity.notAfter} />
        <div className="flex-1" />
        <Button disabled={used === identity.id} onClick={() => choose({ identity: identity.id })}>
          {used === identity.id ? 'Used for calls' : 'Use for calls'}
        </Button>
        <Button kind="danger" onClick={onDelete}>
          Delete …
        </Button>
      </div>
      <Warnings warnings={identity.warnings} />
      <DetailSection title="Certificate">
        <Facts
          facts={[
            ['Subject', <DistinguishedName key="subject" name={identity.subject} />],
            ['Issuer', <DistinguishedName key="issuer" name={identity.issuer} />],
            [
              'organizationIdentifier',
              organizationIdentifier === null ? (
                'none in the subject'
              ) : (
                <Copyable key="organizationIdentifier" text={organizationIdentifier} label="Copy" />
              ),
            ],
            ['Roles', <Roles key="roles" roles={identity.roles} />],
            ['Authority (NCA)', authority === null ? 'not named' : `${authority.name} (${authority.id})`],
            ['Valid', `${localMoment(identity.notBefore)} to ${localMoment(identity.notAfter)}`],
            ['Serial', <span key="serial" className="font-mono text-sm">{`${identity.serial}`}</span>],
            ['SHA-256', <Copyable key="sha256" text={identity.sha256} label="Copy" />],
          ]}
        />
      </DetailSection>
      <DetailSection title="Private key">
        <Facts
          facts={[
            ['Kind', keyWords(identity.key)],
            [
              'State',
              <Badge key="state" tone={tone}>
                {keyState}
              </Badge>,
            ],
          ]}
        />
        <p className="text-muted">It signs and makes TLS connections where it is kept. It cannot be exported.</p>
      </DetailSection>
      <FaultNotice fault={fault} title="Key and chain could not be looked up" />
      {more !== null && <CertificateChain chain={more.chain} />}
    </div>
  )
}
