/** Takes an exchange apart for the database, bodies apart from the rest, and puts it together again. */

import { type Exchange, exchangeSchema, type Finding } from '#shared/contract/exchange.ts'
import type { KeptExchange } from '#shared/contract/history.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { whyNoBodies } from './history-key.ts'
import { redactDraft } from './redact-draft.ts'
import type { Content } from './sealed-content.ts'

export interface Parts {
  /** JSON of the exchange without bodies and what quotes them. */
  readonly document: string
  /** JSON of the draft without its body. */
  readonly draft: string | null
  readonly content: Content
}

export function takeApart(exchange: Exchange, draft: Draft | null): Parts {
  const { request, response, explanations } = exchange
  return {
    document: JSON.stringify({
      ...exchange,
      request: { ...request, body: null },
      response: response === null ? null : { ...response, body: '' },
      explanations: explanations.map((explanation) => ({
        ...explanation,
        evidence: [],
        causes: [],
        contradicted: null,
      })),
    }),
    draft: draft === null ? null : JSON.stringify(redactDraft(draft, request)),
    content: {
      request: request.body,
      response: response?.body ?? '',
      evidence: explanations.map(({ evidence }) => evidence),
      judged: explanations.map(({ causes, contradicted }) => ({ causes, contradicted })),
    },
  }
}

export const damagedDocument = (cause: unknown): Fault =>
  new Fault(
    'DATA_DAMAGED',
    'What history.sqlite holds of this exchange is damaged. Delete the exchange; the others are not concerned.',
    { file: 'history.sqlite' },
    cause,
  )

function parseDocument(document: string): Exchange {
  try {
    const exchange = exchangeSchema.parse(JSON.parse(document))
    // Kept before it was noted: what was answered had arrived.
    return exchange.delivery === null && exchange.response !== null ? { ...exchange, delivery: 'answered' } : exchange
  } catch (cause) {
    throw damagedDocument(cause)
  }
}

/** Why bodies are not shown, with the finding a person reads. */
export interface Without {
  readonly bodies: 'not-kept' | 'sealed'
  readonly finding: Finding
}

export const notKept = (code: string): Without => ({
  bodies: 'not-kept',
  finding: {
    id: 'bodies-not-kept',
    severity: 'warning',
    message: `Recorded without bodies: ${whyNoBodies(code)}.`,
    remedy: 'Unlock or choose the key store; what is sent from then on is kept whole.',
  },
})

export const cannotOpen = (fault: Fault): Without => ({
  bodies: 'sealed',
  finding: {
    id: 'bodies-sealed',
    severity: 'warning',
    message: /LOCKED|PASSPHRASE/.test(fault.code)
      ? 'The bodies are sealed and the key store is locked.'
      : `The bodies are sealed and cannot be opened. ${fault.message}`,
    remedy: 'Unlock or choose the key store they were sealed with, then open the exchange again.',
  },
})

/** A large body is kept where the others are kept, or not at all. */
function withoutStored(response: Exchange['response']): Exchange['response'] {
  return response?.stored ? { ...response, stored: null } : response
}

export function putTogether(document: string, found: Content | Without): KeptExchange {
  const exchange = parseDocument(document)
  if ('bodies' in found) {
    const { bodies, finding } = found
    // Said when it was written, too, where the caller heard of it then.
    const others = exchange.findings.filter(({ id }) => id !== finding.id)
    const response = bodies === 'sealed' ? exchange.response : withoutStored(exchange.response)
    return { ...exchange, response, findings: [...others, finding], bodies }
  }
  const { request, response, evidence, judged } = found
  return {
    ...exchange,
    request: { ...exchange.request, body: request },
    response: exchange.response === null ? null : { ...exchange.response, body: response },
    explanations: exchange.explanations.map((explanation, index) => ({
      ...explanation,
      evidence: [...(evidence[index] ?? [])],
      ...judged?.[index],
    })),
    bodies: 'kept',
  }
}
