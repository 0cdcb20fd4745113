/** All of an answer's body, also of one above 2 MB, which the engine hands out part by part. */
import type { Exchange } from '#shared/contract/exchange.ts'
import { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'

/** Bytes of one part; the most the engine gives. */
const step = 1024 * 1024

/** @param onPart bytes that are here, and bytes there are */
export async function wholeBody(
  { id, response }: Exchange,
  signal: AbortSignal,
  onPart: (loaded: number, size: number) => void,
): Promise<string> {
  if (response === null) throw new Fault('DATA_DAMAGED', 'No answer came, so there is nothing to read.')
  if (response.bodyComplete !== false) return response.body
  if (!response.stored)
    throw new Fault(
      'DATA_DAMAGED',
      'The answer is large and only its beginning was kept, so that it cannot be read as a whole.',
    )
  const { size, shown } = response.stored
  const parts = [response.body]
  let loaded = shown
  while (loaded < size) {
    onPart(loaded, size)
    const part = await api.requests.body({ exchange: id, from: loaded, length: step }, { signal })
    if (part.to <= loaded) throw new Fault('DATA_DAMAGED', 'The body ends before its end.')
    parts.push(part.content)
    loaded = part.to
  }
  return parts.join('')
}
