/** Reads a file as a saved state, as far as the window must know it; the sandbox judges the rest. */

export interface SavedFile {
  readonly name: string
  /** The whole of it, as it goes to the sandbox. */
  readonly snapshot: unknown
  /** What the file says of itself; null where it does not. */
  readonly savedAt: string | null
  readonly tenant: string | null
  readonly banks: readonly string[]
  readonly faults: number
}

/** Bytes the sandbox takes. */
const largest = 16 * 1024 * 1024

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export async function readSavedState(
  file: Pick<File, 'name' | 'size' | 'text'>,
): Promise<SavedFile | { readonly problem: string }> {
  if (file.size > largest) return { problem: 'It is larger than 16 MB, which is as much as the sandbox loads.' }
  const content = await file.text().catch(() => null)
  if (content === null) return { problem: 'It could not be read. Check its permissions.' }
  let snapshot: unknown
  try {
    snapshot = JSON.parse(content)
  } catch {
    return { problem: 'It is no JSON. Choose a file that “Save” or tpp sandbox save has made.' }
  }
  if (!isRecord(snapshot) || snapshot.format !== 'tpp-workbench-sandbox-state')
    return { problem: 'It is JSON, but not what “Save” or tpp sandbox save makes.' }
  const { savedAt, tenant, banks, faults } = snapshot
  return {
    name: file.name,
    snapshot,
    savedAt: text(savedAt),
    tenant: text(tenant),
    banks: isRecord(banks) ? Object.keys(banks) : [],
    faults: Array.isArray(faults) ? faults.length : 0,
  }
}
