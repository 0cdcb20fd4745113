/** What a person does at the bank's portal before the registration call, to be ticked off. */
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import { keep, useApp } from '../app-state.ts'
import { Checklist } from '../ui/checklist.tsx'
import { Section } from '../ui/section.tsx'

export function PortalSteps({
  bank,
  environment,
}: {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
}) {
  const { kept } = useApp()
  const steps = bank.registration?.portalSteps ?? []
  if (steps.length === 0) return null
  const all = (kept['portal-steps'] ?? {}) as Readonly<Record<string, readonly number[]>>
  const place = `${bank.id}/${environment.id}`
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
          done={all[place] ?? []}
          onChange={(done) => keep('portal-steps', { ...all, [place]: done })}
        />
      )}
    </Section>
  )
}
