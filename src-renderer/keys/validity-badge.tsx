/** How long a certificate is still good, in days. */
import { Badge, type Tone } from '../ui/badge.tsx'
import { localDate } from '../ui/local-time.ts'
import { useNow } from '../ui/use-now.ts'

const day = 86_400_000

/** Days before the end when banks and people should act: 30 and 7 (the engine warns at the same marks). */
function judge(notBefore: string, notAfter: string, now: number): { tone: Tone; words: string } {
  if (now < Date.parse(notBefore)) return { tone: 'bad', words: 'not yet valid' }
  const left = Date.parse(notAfter) - now
  if (left <= 0) return { tone: 'bad', words: 'expired' }
  const days = Math.floor(left / day)
  const words = days === 0 ? 'last day' : days < 1000 ? `${days} d left` : `${Math.floor(days / 365)} y left`
  return { tone: days <= 7 ? 'bad' : days <= 30 ? 'caution' : 'good', words }
}

export function ValidityBadge({ notBefore, notAfter }: { readonly notBefore: string; readonly notAfter: string }) {
  const { tone, words } = judge(notBefore, notAfter, useNow())
  return (
    <Badge tone={tone} title={`${localDate(notBefore)} to ${localDate(notAfter)}`}>
      {words}
    </Badge>
  )
}
