/** The first-run guide: explains the step at hand in two sentences, follows what is really done, and can be left. */
import type { BankDetail } from '#shared/contract/banks.ts'
import { choose, show } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { guideTexts, refreshText } from './guide-texts.ts'
import type { Step } from './pipeline.ts'

function Progress({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <span aria-hidden="true" className="flex gap-1">
      {steps.map(({ id, state }) => (
        <span
          key={id}
          className={`h-1 w-6 rounded-sm ${state === 'done' ? 'bg-good' : state === 'later' ? 'bg-line-strong' : 'bg-accent'}`}
        />
      ))}
    </span>
  )
}

function Finished({ bank }: { readonly bank: BankDetail }) {
  return (
    <>
      <h2 className="font-semibold">All four steps are done</h2>
      <p className="max-w-[60rem]">
        {bank.name} knows you, a customer let you in, and data came back. Requests has every operation of the bank;
        Errors has each row of its error table, and shows it on demand in the local sandbox.
      </p>
      <div className="flex gap-2">
        <Button onClick={() => show('requests')}>Open Requests</Button>
        <Button onClick={() => show('errors')}>Open Errors</Button>
      </div>
    </>
  )
}

export function GuidePanel({ steps, bank }: { readonly steps: readonly Step[]; readonly bank: BankDetail }) {
  const at = steps.findIndex(({ state }) => state === 'next' || state === 'problem')
  const step = steps[at]
  const text = step === undefined ? null : step.action?.kind === 'refresh' ? refreshText : guideTexts[step.id](bank)
  return (
    <section
      aria-label="Guide"
      className="flex min-h-40 items-start gap-4 rounded-md border border-line border-l-4 border-l-accent bg-surface p-3"
    >
      <div className="flex min-w-0 flex-1 flex-col gap-2" aria-live="polite">
        <Progress steps={steps} />
        {step === undefined || text === null ? (
          <Finished bank={bank} />
        ) : (
          <>
            <h2 className="font-semibold">
              Step {at + 1} of {steps.length}: {step.name.toLowerCase()}
            </h2>
            <dl className="grid max-w-[60rem] grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-1">
              <dt className="text-muted">What happens</dt>
              <dd>{text.happens}</dd>
              <dt className="text-muted">Why it matters</dt>
              <dd>{text.matters}</dd>
            </dl>
          </>
        )}
      </div>
      <Button kind="quiet" onClick={() => choose({ guide: null })}>
        Leave the guide
      </Button>
    </section>
  )
}
