/** Reads what an answer says about its error, whatever its shape. */

/** null where the answer does not say. */
export interface ErrorWords {
  readonly title: string | null
  readonly code: string | null
  readonly detail: string | null
}

const noWords: ErrorWords = { title: null, code: null, detail: null }

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** The first of these members that is a text, names in any case: some banks write them with a capital. */
function textAt(record: Readonly<Record<string, unknown>>, ...names: string[]): string | null {
  const members = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]))
  return names.map((name) => text(members.get(name))).find((found) => found !== null) ?? null
}

const firstObject = (value: unknown): Readonly<Record<string, unknown>> => {
  const first = Array.isArray(value) ? (value[0] as unknown) : value
  return typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {}
}

/** A problem's type is a URI; its last segment is the word (RFC 9457 section 3.1.1). */
const lastSegment = (type: string | null): string | null => type?.split('/').at(-1) ?? null

/** Characters of a page that are searched for its heading. */
const searched = 4096

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/** The heading of a page that a gateway or a firewall put in the bank's place; null for what is no HTML. */
export function pageTitle(body: string): string | null {
  const head = body.slice(0, searched)
  if (!/<(?:!doctype html|html|head|body)\b/i.test(head)) return null
  const found = /<title[^>]*>([^<]*)/i.exec(head)?.[1] ?? /<h1[^>]*>([^<]*)/i.exec(head)?.[1] ?? ''
  return found
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
}

/**
 * Reads problem+json (RFC 9457), tppMessages (Berlin Group NextGenPSD2 section 4.13) and tppMessage, RFC 6749 section 5.2 errors and
 * plain objects with a class or code and a text.
 */
export function readErrorWords(body: string): ErrorWords {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return noWords
  }
  if (typeof value !== 'object' || value === null) return noWords
  const record = value as Record<string, unknown>
  const message = firstObject(record.tppMessages ?? record.tppMessage)
  return {
    title: textAt(record, 'title'),
    code: textAt(record, 'code', 'class', 'error') ?? textAt(message, 'code') ?? lastSegment(textAt(record, 'type')),
    detail: textAt(record, 'detail', 'description', 'error_description', 'message') ?? textAt(message, 'text'),
  }
}
