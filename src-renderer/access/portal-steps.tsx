/** What a person does at the bank's portal before the registration call, to be ticked off. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { keep, useApp } from '../app-state.ts'
import { useSelection } from '../selection.ts'
import { Checklist } from '../ui/checklist.tsx'
import { Section } from '../ui/section.tsx'
import { placeOfIdentity } from './kept-outcome.ts'

export function PortalSteps({
  bank,
  environment,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}) {
  const { kept } = useApp()
  const { identity } = useSelection()
  const steps = bank.registration?.portalSteps ?? []
  if (steps.length === 0) return null
  const all = (kept['portal-steps'] ?? {}) as Readonly<Record<string, readonly number[]>>
  // Each certificate is handed in by itself.
  const place = placeOfIdentity(bank.id, environment.id, identity?.id ?? null)
  return (
    <Section title="First, at the bank’s portal">
      {environment.kind === 'local-sandbox' ? (
        <>
          <p className="text-muted">
            Ordering a test certificate does this in the local sandbox. At the real bank a person does:
          </p>
          <ol className="flex list-decimal flex-col gap-1 pl-5">
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      ) : (
        <Checklist
          label="Portal steps"
          items={steps}
          // Ticked before steps were kept per identity.
          done={all[place] ?? all[`${bank.id}/${environment.id}`] ?? []}
          onChange={(done) => keep('portal-steps', { ...all, [place]: done })}
        />
      )}
    </Section>
  )
}
