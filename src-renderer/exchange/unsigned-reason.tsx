/** Why a request was not signed, as far as the bank's folder and the exchange say. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { api } from '../api.ts'
import { Notice } from '../ui/notice.tsx'
import { useLoaded } from '../ui/use-loaded.ts'

/** null: the bank does not know the operation any more. */
export function unsignedSentence(
  exchange: Pick<Exchange, 'identity'>,
  asked: Pick<OperationDetail, 'signed'> | null,
  scheme: string | null,
): string {
  if (asked === null) return 'The bank or the operation is not known here any more, so why is not known either.'
  if (!asked.signed)
    return scheme === 'none' || scheme === null
      ? 'The bank asks for no signature.'
      : 'The bank signs other operations, and asks for no signature here.'
  return exchange.identity === null
    ? 'The bank wants this request signed. It went without an identity, and so without a key to sign with.'
    : 'The bank wants this request signed now. It was sent before it did, or before signatures were kept.'
}

async function reasonFor(exchange: Exchange): Promise<{ sentence: string; wanted: boolean }> {
  const { bank, environment, operation } = exchange
  const [asked, surroundings] = await Promise.all([
    api.banks.operation({ bank, environment, operation }).catch(() => null),
    api.banks.environment({ bank, environment }).catch(() => null),
  ])
  const sentence = unsignedSentence(exchange, asked, surroundings?.signing.scheme ?? null)
  return { sentence, wanted: asked?.signed === true }
}

export function UnsignedReason({ exchange }: { readonly exchange: Exchange }) {
  const { value } = useLoaded(exchange.id, () => reasonFor(exchange))
  return (
    <div className="max-w-4xl p-3">
      <Notice tone={value?.wanted === true ? 'caution' : 'neutral'} title="Not signed">
        {value?.sentence ?? ' '}
      </Notice>
    </div>
  )
}
