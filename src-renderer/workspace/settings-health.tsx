/** What the workbench stands on, each with its remedy where something is missing. */
import { useEffect } from 'react'
import { api } from '../api.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { createResource } from '../ui/resource.ts'
import { Section } from '../ui/section.tsx'

const health = createResource(() => api.workspace.doctor())

const names: Readonly<Record<string, string>> = {
  node: 'Node.js',
  'data-folder': 'Data folder',
  'key-store': 'Key store',
  banks: 'Banks',
  history: 'History',
  sandbox: 'Local sandbox',
}

export function SettingsHealth() {
  const { value, fault, loading } = health()
  useEffect(() => void health.refresh(), [])
  return (
    <Section
      title="Data folder and health"
      trailing={
        <Button busy={loading} onClick={() => void health.refresh()}>
          Check again
        </Button>
      }
    >
      <FaultNotice fault={fault} title="The checks could not be made" />
      {value === null && fault === null && <p className="text-muted">Checking …</p>}
      {value !== null && (
        <ul className="flex flex-col gap-2">
          {value.checks.map(({ id, ok, message, remedy }) => (
            <li key={id} className="grid grid-cols-[4rem_7rem_minmax(0,1fr)] items-start gap-2">
              <span>
                <Badge tone={ok ? 'good' : 'bad'}>{ok ? 'ok' : 'not ok'}</Badge>
              </span>
              <span className="text-muted">{names[id] ?? id}</span>
              <span className="min-w-0 wrap-anywhere">
                {message}
                {remedy !== null && <span className="block font-semibold">{remedy}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
