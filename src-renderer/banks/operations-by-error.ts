/** Which operations answer with which error row, read from every operation of a bank once. */
import type { OperationView } from '#shared/contract/banks.ts'
import { api } from '../api.ts'

const byBank = new Map<string, Promise<ReadonlyMap<string, readonly OperationView[]>>>()

async function read(bank: string): Promise<ReadonlyMap<string, readonly OperationView[]>> {
  const operations = await api.banks.operations({ bank })
  const found = new Map<string, OperationView[]>()
  const details = await Promise.all(operations.map(({ id }) => api.banks.operation({ bank, operation: id })))
  for (const [index, { errors }] of details.entries()) {
    for (const error of errors) found.set(error, [...(found.get(error) ?? []), operations[index]!])
  }
  return found
}

/** What failed is tried again the next time it is asked for. */
export function operationsByError(bank: string): Promise<ReadonlyMap<string, readonly OperationView[]>> {
  const known = byBank.get(bank)
  if (known !== undefined) return known
  const reading = read(bank)
  byBank.set(bank, reading)
  reading.catch(() => byBank.delete(bank))
  return reading
}
