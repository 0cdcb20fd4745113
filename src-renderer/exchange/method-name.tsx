/** An HTTP method in its colour and always the same width. */

const colours: Readonly<Record<string, string>> = {
  GET: 'text-accent',
  POST: 'text-good',
  PUT: 'text-caution',
  PATCH: 'text-caution',
  DELETE: 'text-bad',
}

export function MethodName({
  method,
  narrow = false,
  muted = false,
}: {
  readonly method: string
  readonly narrow?: boolean
  /** Without its colour: it cannot be called. */
  readonly muted?: boolean
}) {
  const colour = muted ? 'text-muted' : (colours[method] ?? 'text-muted')
  return <span className={`shrink-0 font-mono text-xs font-semibold ${narrow ? '' : 'w-12'} ${colour}`}>{method}</span>
}
