/** What is assumed where the bank's document is silent, why, and what a person said about it. */
import type { AssumptionView } from '#shared/contract/banks.ts'
import type { Tone } from '../ui/badge.tsx'
import { BadgePopover } from '../ui/popover.tsx'
import { Prose } from '../ui/prose.tsx'

const tones: Record<AssumptionView['state'], Tone> = { assumed: 'caution', confirmed: 'good', differs: 'accent' }

const sentences: Record<AssumptionView['state'], string> = {
  assumed: 'Nobody has confirmed it for this environment.',
  confirmed: 'Confirmed for this environment.',
  differs: 'Something else is true in this environment.',
}

export function AssumptionBadge({ assumption }: { readonly assumption: AssumptionView }) {
  const { state, text, reason, instead } = assumption
  return (
    <BadgePopover label={state} title={text} tone={tones[state]}>
      <div className="flex flex-col gap-2">
        <Prose text={text} />
        <div className="text-muted">
          <Prose text={reason} />
        </div>
        <p className="border-t border-line pt-2">{sentences[state]}</p>
        {instead !== null && <Prose text={instead} />}
      </div>
    </BadgePopover>
  )
}
