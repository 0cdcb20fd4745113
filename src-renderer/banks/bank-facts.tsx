/** A bank as its folder says: where the facts come from, its hosts, how access is got, how requests are signed, its tags. */
import type { BankDetail } from '#shared/contract/banks.ts'
import { Badge } from '../ui/badge.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { Facts } from '../ui/facts.tsx'
import { changeBanksView } from './banks-view.ts'
import { count, duration, flowWords, schemeWords, viewName } from './banks-words.ts'

function lifetimesOf({ lifetimes }: BankDetail): string {
  if (lifetimes === null) return 'not documented'
  const { code, accessToken, refreshToken } = lifetimes
  return `code ${duration(code)} · access token ${duration(accessToken)} · refresh token ${duration(refreshToken)}`
}

const signingOf = (scheme: string): string =>
  Object.hasOwn(schemeWords, scheme) ? schemeWords[scheme as keyof typeof schemeWords] : scheme

function Scopes({ scopes }: Pick<BankDetail, 'scopes'>) {
  return (
    <ul>
      {scopes.map(({ scope, roles, purpose }) => (
        <li key={scope}>
          <span className="font-mono text-sm">{scope}</span> {purpose}{' '}
          {roles.length > 0 && <span className="text-muted">({roles.join(', ')})</span>}
        </li>
      ))}
    </ul>
  )
}

function accessFacts(bank: BankDetail): readonly (readonly [string, React.ReactNode])[] {
  const { flow, tokenOrigin, scopes } = bank
  if (flow === null) return [['Access', 'No token is needed and nobody authorises.']]
  return [
    ['Access', flowWords[flow]],
    ...(tokenOrigin === null ? [] : [['Token from', tokenOrigin] as const]),
    ...(flow === 'oauth-code' || flow === 'oauth-sca' ? [['Lifetimes', lifetimesOf(bank)] as const] : []),
    ...(scopes.length === 0 ? [] : [['Scopes', <Scopes key="scopes" scopes={scopes} />] as const]),
  ]
}

/** A row is one line: names in it need no typeface of their own. */
const plain = (text: string): string => text.replaceAll('`', '')

function Tags({ tags }: Pick<BankDetail, 'tags'>) {
  return (
    <div className="overflow-hidden rounded-md border border-line">
      <DataTable
        label="Tags"
        rows={tags}
        keyOf={({ name }) => name}
        columns={[
          { id: 'tag', head: 'Tag', width: 'w-1/3', cell: ({ name }) => <span title={name}>{name}</span> },
          { id: 'view', head: 'View', width: 'w-40', cell: ({ view }) => viewName(view) },
          {
            id: 'description',
            head: 'What it has',
            cell: ({ description }) => <span title={plain(description)}>{plain(description)}</span>,
          },
        ]}
      />
    </div>
  )
}

function Hosts({ hosts }: Pick<BankDetail, 'hosts'>) {
  return (
    <ul className="rounded-md border border-line">
      {hosts.map(({ id, description, clientCertificate, browser }) => (
        <li key={id} className="flex min-h-7 items-center gap-2 border-b border-line px-2 py-1 last:border-b-0">
          <span className="w-32 shrink-0 font-mono text-sm">{id}</span>
          <span className="min-w-0 flex-1">{description}</span>
          {browser && <Badge>browser</Badge>}
          <Badge tone={clientCertificate === 'none' ? 'neutral' : 'accent'}>
            {clientCertificate === 'none' ? 'no client certificate' : 'QWAC'}
          </Badge>
        </li>
      ))}
    </ul>
  )
}

export function BankFacts({ bank }: { readonly bank: BankDetail }) {
  const { document: source, hosts, assumptions, registration, unattended } = bank
  return (
    <div className="flex flex-col gap-4 p-4">
      <DetailSection title="In this folder">
        <Facts
          facts={[
            [
              'Comes from',
              `${source.title}, ${source.version}${source.published === undefined ? '' : `, published ${source.published}`}`,
            ],
            ['Id', <span key="id" className="font-mono text-sm">{`${bank.id}`}</span>],
            ['Has', `${count(bank.operations, 'operation')}, ${count(bank.errors, 'error row')}`],
            [
              'Assumed',
              assumptions.length === 0 ? (
                'nothing: it stands in the document'
              ) : (
                <button
                  key="assumed"
                  type="button"
                  onClick={() => changeBanksView({ tab: 'assumptions' })}
                  className="text-accent underline underline-offset-2"
                >
                  {count(assumptions.length, 'thing')} the document does not say
                </button>
              ),
            ],
          ]}
        />
      </DetailSection>
      <DetailSection title="Access and signing">
        <Facts
          facts={[
            ...accessFacts(bank),
            ['Signing', signingOf(bank.signing)],
            ['Registration', registration === null ? 'no registration call' : `by ${registration.operation}`],
            ...(unattended === null
              ? []
              : [
                  [
                    'Unattended',
                    `${unattended.perDay} calls a day without the customer; ${unattended.presentHeader} says that one is present`,
                  ] as const,
                ]),
          ]}
        />
      </DetailSection>
      <DetailSection title="Hosts">
        <Hosts hosts={hosts} />
      </DetailSection>
      {bank.tags.length > 0 && (
        <DetailSection title="Tags and their views">
          <Tags tags={bank.tags} />
        </DetailSection>
      )}
    </div>
  )
}
