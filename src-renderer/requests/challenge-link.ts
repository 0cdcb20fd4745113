/** Whether an answer leads the customer to a page of the bank before the same call is repeated, by the bank's own data. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @param bank null while it is loaded */
export function isChallenge(
  bank: Pick<BankDetail, 'challenge'> | null,
  { response }: Pick<Exchange, 'response'>,
): boolean {
  const challenge = bank?.challenge ?? null
  if (challenge === null || response === null || response.status !== challenge.status) return false
  const links = (jsonOf(response.body) as { _links?: Record<string, unknown> } | null)?._links
  return typeof links === 'object' && links !== null && Object.hasOwn(links, challenge.link)
}

/** Whether the call told the bank where to send the customer back to. */
export const namedWayBack = (bank: Pick<BankDetail, 'challenge'> | null, { request }: Pick<Exchange, 'request'>) =>
  request.headers.some(([name]) => name.toLowerCase() === bank?.challenge?.returnHeader.toLowerCase())
