/** Why a row comes, the likeliest first, and what would prove each cause. */
import type { ErrorView } from '#shared/contract/banks.ts'
import { Prose } from '../ui/prose.tsx'

export function ErrorCauses({ causes }: { readonly causes: ErrorView['causes'] }) {
  return (
    <ol className="flex list-outside list-decimal flex-col gap-1.5 pl-5">
      {causes.map(({ text, evidence }) => (
        <li key={text}>
          <Prose text={text} />
          <p className="text-sm text-muted">
            {evidence.length === 0 ? 'Only the bank can tell.' : `Proven when ${evidence.join(', or ')}.`}
          </p>
        </li>
      ))}
    </ol>
  )
}
