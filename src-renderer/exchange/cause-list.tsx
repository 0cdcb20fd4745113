/** The causes of an error, likeliest first, each with what was looked at and what came of it. */
import type { JudgedCause, Proof } from '#shared/contract/exchange.ts'
import { Badge, type Tone } from '../ui/badge.tsx'
import { Prose } from '../ui/prose.tsx'

const verdicts: Readonly<Record<JudgedCause['verdict'], readonly [Tone, string]>> = {
  proven: ['bad', 'proven'],
  'one-of': ['bad', 'one of these'],
  open: ['neutral', 'possible'],
  disproved: ['good', 'ruled out'],
}

/** A sign for the eye and a word for everybody. */
const outcomes: Readonly<Record<`${Proof['holds']}`, readonly [string, string, string]>> = {
  true: ['✓', 'yes', 'text-bad'],
  false: ['✗', 'no', 'text-muted'],
  unknown: ['?', 'not known', 'text-muted'],
}

function ProofLine({ proof }: { readonly proof: Proof }) {
  const [sign, word, ink] = outcomes[`${proof.holds}`]
  return (
    <li className="flex gap-2">
      <span className={`w-20 shrink-0 ${ink}`}>
        <span aria-hidden="true">{sign} </span>
        {word}
      </span>
      <span className="min-w-0 wrap-anywhere">{proof.sentence}</span>
    </li>
  )
}

function Cause({ cause }: { readonly cause: JudgedCause }) {
  const [tone, word] = verdicts[cause.verdict]
  return (
    <li className="flex items-start gap-2">
      <span className="flex w-24 shrink-0">
        <Badge tone={tone}>{word}</Badge>
      </span>
      <div className="flex min-w-0 flex-col gap-1">
        <Prose text={cause.text} />
        {cause.proofs.length > 0 && (
          <ul aria-label="Evidence" className="flex flex-col">
            {cause.proofs.map((proof) => (
              <ProofLine key={proof.evidence} proof={proof} />
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function Causes({ label, causes }: { readonly label: string; readonly causes: readonly JudgedCause[] }) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {causes.map((cause, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a table may print one cause twice
        <Cause key={`${cause.text} ${at}`} cause={cause} />
      ))}
    </ul>
  )
}

/** What is ruled out is folded away, so that cause, fix and buttons stand together. */
export function CauseList({ causes }: { readonly causes: readonly JudgedCause[] }) {
  const likely = causes.filter(({ verdict }) => verdict !== 'disproved')
  const others = causes.filter(({ verdict }) => verdict === 'disproved')
  if (likely.length === 0 || others.length === 0) return <Causes label="Causes" causes={causes} />
  return (
    <div className="flex flex-col gap-2">
      <Causes label="Causes" causes={likely} />
      <details>
        <summary className="text-muted">Ruled out: {others.length}</summary>
        <div className="pt-2">
          <Causes label="Ruled out" causes={others} />
        </div>
      </details>
    </div>
  )
}
