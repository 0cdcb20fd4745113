/** Takes what is secret out of a draft before it is kept, and what was taken out before it is sent again. */

import type { Exchange } from '#shared/contract/exchange.ts'
import type { LeftOut } from '#shared/contract/history.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { redactForm, redactHeaders, redactUrl } from '#shared/redact.ts'
import { redacted } from '#shared/redacted.ts'

/** A draft without its body, which is that of the request. */
export interface KeptDraft {
  readonly draft: Draft
  /** Whether the body was the draft's own and not the bank's example. */
  readonly ownBody: boolean
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url.replaceAll('+', ' '))
  } catch {
    return url
  }
}

/** Secret by the name of a header or of a field of a query. */
function isSecret(name: string, value: string): boolean {
  const field = `${encodeURIComponent(name)}=${encodeURIComponent(value)}`
  return redactHeaders([[name, value]])[0]?.[1] !== value || redactForm(field) !== field
}

/**
 * @param request as it was kept: a value that does not stand in it any more was a secret there, whatever its name.
 */
export function redactDraft(given: Draft, request: Exchange['request']): KeptDraft {
  const { body, ...draft } = given
  const texts = [request.url, decoded(request.url), ...request.headers.map(([, value]) => value)]
  const keep = (record: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => {
        const seen = texts.some((text) => text.includes(value))
        return [name, seen && !isSecret(name, value) ? value : redacted]
      }),
    )
  return {
    draft: {
      ...draft,
      parameters: keep(draft.parameters),
      headers: keep(draft.headers),
      ...(draft.path === undefined ? {} : { path: redactUrl(draft.path) }),
    },
    ownBody: body !== undefined,
  }
}

/** "[redacted]" must never go out as if it were the value. */
export function leaveOutRedacted(draft: Draft): { draft: Draft; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = []
  const keep = (part: 'parameter' | 'header', record: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(record).filter(([name, value]) => {
        if (!value.includes(redacted)) return true
        leftOut.push({ part, name, reason: 'redacted' })
        return false
      }),
    )
  const { path, ...others } = draft
  if (path?.includes(redacted)) leftOut.push({ part: 'parameters', name: '', reason: 'redacted' })
  const rest = path === undefined || path.includes(redacted) ? others : draft
  const clean = { ...rest, parameters: keep('parameter', draft.parameters), headers: keep('header', draft.headers) }
  return { draft: clean, leftOut }
}
