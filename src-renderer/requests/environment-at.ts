/** Which environment of a bank is meant when another bank's is chosen in the top bar. */
import type { BankView } from '#shared/contract/banks.ts'

/** The one of the same name, or the bank's first. */
export function environmentAt(bank: Pick<BankView, 'environments'> | undefined, wanted: string): string {
  const all = bank?.environments ?? []
  return all.some(({ id }) => id === wanted) ? wanted : (all[0]?.id ?? wanted)
}
