/** Notes of a consent or payment that its customer came back from the bank's page: what was seen of it before may not be so any more. */
import type { FlowRecord } from './flow-book.ts'
import type { ResourceBook } from './resource-book.ts'

interface NoteParts {
  readonly resources: Pick<ResourceBook, 'change'>
  now(): number
}

/** Never throws: a note must not cost what the customer came back with. */
export async function noteReturn({ consent }: Pick<FlowRecord, 'consent'>, parts: NoteParts): Promise<void> {
  if (consent === null) return
  const customerReturnedAt = new Date(parts.now()).toISOString()
  await parts.resources
    .change(consent, async (record) => (record === null ? null : { ...record, customerReturnedAt }))
    .catch(() => {})
}
