/** The parts of a comparison, in the order a person reads: what was called, what came back, what was sent, how. */
import type { Difference, KeptExchange } from '#shared/contract/history.ts'
import { signedLines } from '../exchange/signed-headers.ts'
import { statusWords } from '../exchange/status-words.ts'
import { type ComparedField, compareBodies, compareFields, type Field, headerFields } from './compare-fields.ts'

export interface ComparedSection {
  readonly title: string
  readonly fields: readonly ComparedField[]
  /** What to know besides the fields. */
  readonly note: string | null
}

export interface Comparison {
  readonly a: KeptExchange
  readonly b: KeptExchange
  readonly differences: readonly Difference[]
  /** What the engine did not compare, in sentences. */
  readonly notCompared?: readonly string[]
}

const yesNo = (value: boolean | null): string => (value === null ? 'not known' : value ? 'yes' : 'no')

function outcome({ response, fault }: KeptExchange): readonly Field[] {
  return [
    ['Status', response === null ? 'no answer' : statusWords(response.status)],
    ['Fault', fault === null ? null : `${fault.code}: ${fault.message}`],
    ['Size in bytes', response === null ? null : String(response.size)],
  ]
}

const explained = ({ explanations }: KeptExchange): readonly Field[] =>
  explanations
    .slice(0, 1)
    .filter(({ match }) => match === 'words')
    .map(({ errorId, title }) => ['Error row', `${errorId}: ${title}`])

const call = ({ bank, environment, operation, identity, request }: KeptExchange): readonly Field[] => [
  ['Bank', bank],
  ['Environment', environment],
  ['Operation', operation],
  ['Identity', identity],
  ['Method', request.method],
  ['URL', request.url],
]

function tls({ tls: facts }: KeptExchange): readonly Field[] {
  if (facts === null) return []
  const { clientCertificate: sent } = facts
  return [
    ['Protocol', facts.protocol],
    ['Cipher', facts.cipher],
    ['Session resumed', yesNo(facts.resumed)],
    ['Client certificate asked for', yesNo(facts.clientCertificateAsked)],
    ['Client certificate sent', sent === null ? 'none' : `${sent.subject} · ${sent.sha256}`],
    ...facts.serverChain.map(({ subject, sha256 }, at): Field => [`Server chain ${at + 1}`, `${subject} · ${sha256}`]),
  ]
}

/** Lines of the signing string by the header they are of. */
function signature({ signature: trace }: KeptExchange): readonly Field[] {
  if (trace === null) return [['Signed', 'no']]
  return [
    ['Signed', 'yes'],
    ['Algorithm', trace.algorithm],
    ['Key id', trace.keyId],
    ['Signed headers', trace.signedHeaders.join(' ')],
    ...signedLines(trace).map((line): Field => {
      const [, name = 'line', value = line] = /^([^:]+): ?(.*)$/s.exec(line) ?? []
      return [`Signed ${name}`, value]
    }),
    ['Digest of the body', trace.digestOfBody],
    ['Set by hand', trace.byHand.length === 0 ? null : trace.byHand.join(', ')],
    ['Protected header', trace.protectedHeader],
  ]
}

/** What keeps a body from being compared. */
function bodyNote(a: KeptExchange, b: KeptExchange): string | null {
  if (a.bodies === 'kept' && b.bodies === 'kept') return null
  const sides =
    a.bodies !== 'kept' && b.bodies !== 'kept' ? 'Neither body' : `The ${a.bodies === 'kept' ? 'right' : 'left'} body`
  return `${sides} can be read: ${[a, b].some(({ bodies }) => bodies === 'sealed') ? 'the key store is not open' : 'it was never kept'}.`
}

/** The engine says where large bodies begin to differ; silent, they are the same. */
const largeNote = ({ a, b, notCompared }: Comparison): string | null =>
  [a, b].some(({ response }) => response?.bodyComplete === false)
    ? (notCompared?.[0] ?? 'Both bodies are the same, byte for byte. They are too large to be shown side by side.')
    : null

export function sectionsOf(comparison: Comparison): readonly ComparedSection[] {
  const { a, b, differences } = comparison
  const of = (part: Difference['part']) => differences.filter((each) => each.part === part)
  const both = (fields: (exchange: KeptExchange) => readonly Field[]) => compareFields(fields(a), fields(b))
  const plain = (title: string, fields: readonly ComparedField[], note: string | null = null) => ({
    title,
    fields,
    note,
  })
  const note = bodyNote(a, b)
  const answerNote = note ?? largeNote(comparison)
  return [
    plain(
      'Outcome',
      both((each) => [...outcome(each), ...explained(each)]),
    ),
    plain('Call', both(call)),
    plain(
      'Request headers',
      both(({ request }) => headerFields(request.headers)),
    ),
    plain('Request body', note === null ? compareBodies(a.request.body, b.request.body, of('request-body')) : [], note),
    plain(
      'Answer headers',
      both(({ response }) => headerFields(response?.headers ?? [])),
    ),
    plain(
      'Answer body',
      answerNote === null ? compareBodies(a.response?.body ?? null, b.response?.body ?? null, of('response-body')) : [],
      answerNote,
    ),
    plain('TLS', both(tls)),
    plain('Signature', both(signature)),
  ]
}
