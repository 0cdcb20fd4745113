/** The certificate that would be registered, and whether the bank can accept it. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { Finding } from '#shared/contract/exchange.ts'
import { api } from '../api.ts'
import { show } from '../app-state.ts'
import { identities } from '../live-data.ts'
import { useSelection } from '../selection.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { Section } from '../ui/section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { useNow } from '../ui/use-now.ts'
import { certificateChecks, toldChecks } from './certificate-checks.ts'

const words = { good: 'fits', caution: 'look at it', bad: 'does not fit' } as const

function Nobody() {
  const many = (identities().value?.length ?? 0) > 1
  return (
    <>
      <p className="text-muted">
        {many
          ? 'Choose an identity at the top of the window: its certificate is what the bank registers.'
          : 'There is no identity yet. Order a test certificate from the sandbox’s QTSP, or import one.'}
      </p>
      {!many && (
        <Button className="self-start" onClick={() => show('keys')}>
          Open Keys
        </Button>
      )}
    </>
  )
}

/** What the engine knows of the registration call before it leaves: the same rules every call is judged by. */
function useTold(bank: BankDetail, environment: string, identity: string | null): readonly Finding[] {
  const operation = bank.registration?.operation
  const key = identity === null || operation === undefined ? null : `${bank.id}/${environment}/${identity}`
  const { value } = useLoaded(key, () =>
    api.requests
      .preflight({
        bank: bank.id,
        environment,
        operation: operation ?? '',
        identity: identity ?? 'none',
        body: '{}',
        insist: true,
      })
      .then(({ findings }) => findings)
      // What hinders the call as a whole, such as a sandbox that does not run, is said elsewhere.
      .catch(() => []),
  )
  return value ?? []
}

export function CertificatePanel({
  bank,
  environment,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}) {
  const { identity } = useSelection()
  const now = useNow()
  const told = useTold(bank, environment.id, identity?.id ?? null)
  const checks = identity === null ? [] : [...certificateChecks(bank, environment, identity, now), ...toldChecks(told)]
  return (
    <Section title="Certificate">
      {identity === null ? (
        <Nobody />
      ) : (
        <>
          <Facts
            facts={[
              ['Identity', identity.name],
              ['Organisation', <span key="subject">{identity.subject}</span>],
              ['Issued by', identity.issuer],
              [
                'Authority',
                identity.authority === null ? 'none named' : `${identity.authority.name} (${identity.authority.id})`,
              ],
            ]}
          />
          <ul aria-label="Checks of the certificate" className="flex flex-col gap-1 border-t border-line pt-3">
            {checks.map(({ id, state, sentence }) => (
              <li key={id} className="flex items-start gap-2">
                <span className="w-24 shrink-0">
                  <Badge tone={state}>{words[state]}</Badge>
                </span>
                <span className="min-w-0 wrap-anywhere">{sentence}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}
