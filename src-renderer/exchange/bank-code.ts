/** The bank's own code for what went wrong, whatever the shape of its answer. */

/** No error answer is larger; a bigger body is no error and not worth parsing. */
const most = 200_000

type Named = Readonly<Record<string, unknown>>
const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Code of problem+json (RFC 9457), of OAuth (RFC 6749 section 5.2) or of the Berlin Group's `tppMessages`; null where there is none. */
export function bankCode(body: string): string | null {
  if (body.length > most) return null
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return null
  }
  if (!isNamed(value)) return null
  const messages: unknown = value.tppMessages
  const first: unknown = Array.isArray(messages) ? messages[0] : null
  return text(value.code) ?? text(value.error) ?? (isNamed(first) ? text(first.code) : null) ?? text(value.title)
}
