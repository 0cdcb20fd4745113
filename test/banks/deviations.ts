/** Where a shipped folder says something else than its requirements, and why: read by the test that compares the two. */
import type { Fact } from './required-facts.ts'

interface About {
  readonly part: 'parameter' | 'field' | 'body' | 'status' | 'answer' | 'answer field' | 'printed answer'
  /** Only these operations; every one where left out. */
  readonly operations?: RegExp
  readonly reason: string
}
/**
 * An entry the folder has otherwise; null where it has none. `name` is `<in> <name>`, the path of a field, a status.
 * Of a printed answer it says with `refused` why its schema does not let it through.
 */
interface Change extends About {
  readonly name: RegExp
  readonly says: Fact | null
}
/** An entry the folder has under another name. */
interface Renamed extends About {
  readonly name: RegExp
  readonly called: string
}
/** Entries that are not required. */
interface Addition extends About {
  readonly adds: Readonly<Record<string, Fact>>
}
export type Deviation = Change | Renamed | Addition

const everywhere: readonly Deviation[] = [
  {
    part: 'parameter',
    name: /^header (Authorization|Content-Type|Accept|Host)$/,
    says: null,
    reason: 'OpenAPI has these as security and content, and HTTP makes Host from the URL.',
  },
]

const icaBanken: readonly Deviation[] = [
  {
    part: 'parameter',
    operations: /^ica-signing-basket-(get|sign)$/,
    name: /^path basketId$/,
    says: { source: 'seed-corrected' },
    reason: 'The document prints {baskedId}.',
  },
  {
    part: 'field',
    name: /^mtls_certificate$/,
    says: { required: false, source: 'seed-corrected' },
    reason:
      'Listed as a mandatory form parameter, but it is the certificate of the TLS handshake: declared, never required.',
  },
  {
    part: 'body',
    operations: /^ica-signing-basket-sign$/,
    name: /json/,
    says: null,
    reason: 'The requirements give a content type and no field: it is sent without a body.',
  },
  {
    part: 'status',
    operations: /^ica-oauth-authorize$/,
    adds: { 400: {} },
    reason:
      'RFC 6749 section 4.1.2.1 keeps a wrong client or callback on a page of the bank; the requirements do not list it.',
  },
]

const bankOfGeorgia: readonly Deviation[] = [
  {
    part: 'printed answer',
    operations: /^bog-consent-get$/,
    name: /^200$/,
    says: { refused: '/recurringIndicator must be boolean' },
    reason: 'The sample has a string; the table of the consent request has a boolean.',
  },
]

const payexLedger: readonly Deviation[] = [
  {
    part: 'printed answer',
    operations: /-begin-sign-(bankid-no|mitid-dk)$/,
    name: /^200$/,
    says: { refused: '/signingUrl must match format "uri"' },
    reason: 'The samples print the word "url" where a URL belongs.',
  },
  {
    part: 'printed answer',
    operations: /^payex-cancel-pre-authorization$/,
    name: /^200$/,
    says: { refused: '/returnUrl must match format "uri"' },
    reason: 'The sample prints a URL without its scheme.',
  },
]

const saltEdge: readonly Deviation[] = [
  {
    part: 'parameter',
    name: /^path consent_id$/,
    says: { type: 'string' },
    reason: 'The samples show 1 and "2". In a path both are text, and an id means nothing to a TPP.',
  },
  {
    part: 'parameter',
    name: /^header TPP-Redirect-Preferred$/,
    says: { enum: [true, false] },
    reason: 'The requirements write the values of a boolean as text.',
  },
]

const sparebank1: readonly Deviation[] = [
  {
    part: 'parameter',
    name: /^query \(allow-duplicate flag\)$/,
    called: 'query allowDuplicates',
    reason: 'Its name is lost in the document; what stands there is no name, so the folder has a placeholder.',
  },
  {
    part: 'parameter',
    name: /^header \(future-breaking-change opt-in header\)$/,
    called: 'header X-Future-Breaking-Change',
    reason: 'Its name is lost in the document; what stands there is no name, so the folder has a placeholder.',
  },
]

const deviations: Readonly<Record<string, readonly Deviation[]>> = {
  'ica-banken': icaBanken,
  'bank-of-georgia': bankOfGeorgia,
  'payex-ledger': payexLedger,
  'salt-edge': saltEdge,
  sparebank1,
}

/** Those of one system alone; each must be needed. */
export const ownDeviations = (system: string): readonly Deviation[] => deviations[system] ?? []

export const deviationsOf = (system: string): readonly Deviation[] => [...everywhere, ...ownDeviations(system)]
