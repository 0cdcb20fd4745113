/** The operations that can answer with an error row; each opens in Requests. */
import type { ErrorView } from '#shared/contract/banks.ts'
import { MethodName } from '../exchange/method-name.tsx'
import { bankOperations } from '../live-data.ts'
import { openOperation } from '../open.ts'
import { DetailSection } from '../ui/detail-section.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { LinkRow } from '../ui/link-row.tsx'

export function ErrorOperations({ row }: { readonly row: ErrorView }) {
  const { value, fault } = bankOperations(row.bank)()
  const operations = (value ?? []).filter(({ id }) => row.operations.includes(id))
  return (
    <DetailSection title="Operations that answer with it">
      <FaultNotice fault={fault} title="The operations cannot be read" />
      {value === null && fault === null && <p className="text-muted">Reading the operations …</p>}
      {value !== null && operations.length === 0 && <p className="text-muted">No operation names this row.</p>}
      {operations.length > 0 && (
        <ul className="rounded-md border border-line">
          {operations.map(({ id, method, path, title }) => (
            <LinkRow
              key={id}
              onOpen={() => openOperation(id, { bank: row.bank })}
              name={`Open ${title} in Requests`}
              trailing={title}
            >
              <MethodName method={method} />
              <span className="truncate font-mono text-sm">{path}</span>
            </LinkRow>
          ))}
        </ul>
      )}
    </DetailSection>
  )
}
