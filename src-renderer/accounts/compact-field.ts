/** Fields of a toolbar: as wide as what they hold, and not as the room there is. */
export const compactField =
  'h-7 min-w-0 shrink-0 rounded-md border border-line-strong bg-surface px-2 text-ink placeholder:text-muted'
