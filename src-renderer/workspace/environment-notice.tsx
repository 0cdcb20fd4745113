/** What an environment still lacks before the first step: a running sandbox, or URLs and work at the bank's portal. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'
import { keep, useApp } from '../app-state.ts'
import { refreshAll, sandboxStatus } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { Checklist } from '../ui/checklist.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { useAction } from '../ui/use-action.ts'

function StartSandbox() {
  const status = sandboxStatus()
  const start = useAction(async () => {
    await api.sandbox.start({})
    await refreshAll()
  })
  if (status.value === null) return null
  return (
    <>
      <FaultNotice fault={start.fault} title="The sandbox did not start" />
      <Notice
        tone="caution"
        title="The local sandbox does not serve this bank now"
        action={
          <Button kind="primary" busy={start.busy} onClick={() => void start.run()}>
            Start the sandbox
          </Button>
        }
      >
        Its banks and its QTSP are a program of this machine; nothing leaves it.
      </Notice>
    </>
  )
}

function PortalSteps({ bank, environment }: { readonly bank: BankDetail; readonly environment: string }) {
  const { kept } = useApp()
  const all = (kept['portal-steps'] ?? {}) as Readonly<Record<string, readonly number[]>>
  const place = `${bank.id}/${environment}`
  const steps = bank.registration?.portalSteps ?? []
  if (steps.length === 0) return null
  return (
    <Section title="First, at the bank’s portal">
      <Checklist
        label="Portal steps"
        items={steps}
        done={all[place] ?? []}
        onChange={(done) => keep('portal-steps', { ...all, [place]: done })}
      />
    </Section>
  )
}

export function EnvironmentNotice({
  bank,
  environment,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}) {
  if (environment.kind === 'local-sandbox') return environment.ready ? null : <StartSandbox />
  return (
    <>
      {!environment.ready && (
        <Notice tone="caution" title={`${environment.name} lacks a URL for at least one host`}>
          <p>
            The bank’s document does not print them all; they stand in the bank’s portal and belong into its bank.yaml.
            A call to a host without one is stopped before it leaves. Hosts:
          </p>
          <ul className="list-disc pl-5">
            {bank.hosts.map(({ id, description }) => (
              <li key={id}>
                <span className="font-mono">{id}</span> {description}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <PortalSteps bank={bank} environment={environment.id} />
    </>
  )
}
