/** One grant: whose it is, how long it holds, and what it can call. */
import type { Grant } from '#shared/contract/access.ts'
import { openOperation } from '../open.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { type Column, DataTable } from '../ui/data-table.tsx'
import { Facts } from '../ui/facts.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { localMoment } from '../ui/local-time.ts'
import { Section } from '../ui/section.tsx'
import { countdown, useNow } from '../ui/use-now.ts'
import { type Callable, useCallable } from './callable-operations.ts'
import { Binding, ConsentItself, ConsentOf, Unattended } from './grant-facts.tsx'

function TokenFact({ grant }: { readonly grant: Grant }) {
  const now = useNow()
  return `${localMoment(grant.accessTokenExpiresAt)} (${countdown(grant.accessTokenExpiresAt, now)})`
}

const columnsFor = (grant: Grant): readonly Column<Callable>[] => [
  { id: 'method', head: 'Method', width: 'w-20', cell: ({ operation }) => operation.method },
  {
    id: 'path',
    head: 'Path',
    cell: ({ operation: { path } }) => (
      <span className="font-mono" title={path}>
        {path}
      </span>
    ),
  },
  { id: 'title', head: 'Operation', cell: ({ operation: { title } }) => <span title={title}>{title}</span> },
  {
    id: 'open',
    head: 'Requests',
    width: 'w-20',
    cell: ({ operation: { id, title }, parameters }) => (
      <Button
        kind="quiet"
        className="-ml-2.5 h-6 text-accent!"
        aria-label={`Open ${title} in Requests`}
        onClick={() => openOperation(id, { grant: grant.id, parameters })}
      >
        Open
      </Button>
    ),
  },
]

export function GrantDetail({ grant }: { readonly grant: Grant }) {
  const { callable, fault } = useCallable(grant)
  return (
    <Section title={`Grant of scope ${grant.scope}`} trailing={<CopyButton text={grant.id} label="Copy its id" />}>
      <Facts
        facts={[
          ['Customer', grant.customer ?? 'not named'],
          ['Identity', grant.identityName],
          ['Obtained', localMoment(grant.obtainedAt)],
          ['Access token until', <TokenFact key="token" grant={grant} />],
          [
            'Refresh token',
            !grant.refreshable
              ? 'none left'
              : grant.refreshTokenExpiresAt === null
                ? 'no end known'
                : `until ${localMoment(grant.refreshTokenExpiresAt)}, good for one use`,
          ],
          ['Bound to certificate', <Binding key="binding" grant={grant} />],
          ...(grant.unattended === null
            ? []
            : [['Without the customer', <Unattended key="day" grant={grant} />] as const]),
          ...(grant.consent === null ? [] : [['For', <ConsentOf key="for" id={grant.consent} />] as const]),
        ]}
      />
      <ConsentItself grant={grant} />
      <FaultNotice fault={fault} title="What it can call is not known" />
      {callable === null ? (
        fault === null && <p className="text-muted">Operations …</p>
      ) : callable.length === 0 ? (
        <p className="text-muted">No operation of the bank asks for this scope.</p>
      ) : (
        <DataTable
          label="What it can call"
          columns={columnsFor(grant)}
          rows={callable}
          keyOf={({ operation }) => operation.id}
        />
      )}
    </Section>
  )
}
