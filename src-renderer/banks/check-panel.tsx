/** The checks of the product's own banks, run over a bank on demand. */
import { useState } from 'react'
import type { BankCheckView } from '#shared/contract/bank-import.ts'
import { api } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { DetailSection } from '../ui/detail-section.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { useAction } from '../ui/use-action.ts'
import { count } from './banks-words.ts'

/** Rows shown; a folder with more problems than this has one cause. */
const most = 200

function Results({ check: { ok, checks } }: { readonly check: BankCheckView }) {
  const failed = checks.filter((each) => !each.ok)
  const rows = [...failed, ...checks.filter((each) => each.ok)]
  return (
    <>
      <p role="status">
        <Badge tone={ok ? 'good' : 'bad'}>{ok ? 'passed' : 'failed'}</Badge>{' '}
        {ok
          ? `All ${count(checks.length, 'check')} passed.`
          : `${failed.length} of ${count(checks.length, 'check')} failed.`}
      </p>
      <ul aria-label="Checks" className="rounded-md border border-line">
        {rows.slice(0, most).map(({ id, ok: fine, message, file, place }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one check can say the same of two places
          <li key={`${id} ${at}`} className="flex gap-3 border-b border-line px-2 py-1 last:border-b-0">
            <span className="w-14 shrink-0">
              <Badge tone={fine ? 'good' : 'bad'}>{fine ? 'passed' : 'failed'}</Badge>
            </span>
            <span className="min-w-0 flex-1 wrap-anywhere">
              {message}
              {(file !== null || place !== null) && (
                <span className="block font-mono text-sm text-muted">{[file, place].filter(Boolean).join(' ')}</span>
              )}
            </span>
            <span className="shrink-0 font-mono text-sm text-muted max-xl:hidden">{id}</span>
          </li>
        ))}
      </ul>
      {rows.length > most && <p className="text-muted">and {rows.length - most} more: `tpp banks check` shows all</p>}
    </>
  )
}

export function CheckPanel({ bank }: { readonly bank: string }) {
  const [result, setResult] = useState<BankCheckView | null>(null)
  const check = useAction(async () => setResult(await api.banks.check({ bank })))
  return (
    <DetailSection title="Check">
      <p className="max-w-prose text-muted">
        Runs what the banks of the product have to pass: references, examples, error rows, hosts, schemas.
      </p>
      <Button className="w-fit" busy={check.busy} onClick={() => void check.run()}>
        {check.busy ? 'Checking …' : 'Run the checks'}
      </Button>
      <FaultNotice fault={check.fault} title="The checks could not run" />
      {result !== null && <Results check={result} />}
    </DetailSection>
  )
}
