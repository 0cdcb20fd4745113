/** Explains a failed call: the rows of the bank's own error table, ranked by their words and by what is known of the call. */

import { causeText } from '#shared/cause-text.ts'
import type { Explanation, Proof } from '#shared/contract/exchange.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import type { EvidenceName } from '#shared/error-words.ts'
import type { FaultCode } from '#shared/fault.ts'
import type { CallFacts } from '../call-facts.ts'
import { decisiveNames, evidenceTitle, generalFix, isDecisive } from './decisive.ts'
import { faultCauses } from './fault-causes.ts'
import { type MatchedRow, matchingRows, nearestRows, rowsOf } from './judge-rows.ts'
import { explainOauth } from './oauth-words.ts'
import { type ErrorWords, pageTitle, readErrorWords } from './read-words.ts'
import { remediesFor, remediesOf } from './remedies.ts'
import { isProven, type Witnessed, weighCauses, weightOf, witness } from './weigh-causes.ts'

/** How much the evidence may move a row: less than any difference in its words. */
const weight = 0.1

const most = 5

interface Ranked {
  readonly explanation: Explanation
  /** Not bounded, so that proven rows stand before others of the very same words. */
  readonly rank: number
  readonly weight: number
}

const rounded = (score: number): number => Math.round(Math.min(1, Math.max(0, score)) * 100) / 100

const proofSentences = (causes: Explanation['causes']): string[] =>
  causes.flatMap(({ proofs }) => proofs.filter(({ holds }) => holds === true).map(({ sentence }) => sentence))

const titleOf = (row: ErrorRow): string => row.title ?? row.meaning ?? row.code ?? row.id

function explainRow({ row, match, score, compared }: MatchedRow, witnessed: Witnessed, facts: CallFacts): Ranked {
  const causes = weighCauses(row.causes, witnessed)
  const weighed = weightOf(causes)
  const rank = score + weight * weighed
  return {
    rank,
    weight: weighed,
    explanation: {
      errorId: row.duplicateOf ?? row.id,
      score: rounded(rank),
      title: titleOf(row),
      cause: causeText({ causes: causes.map(({ text }) => ({ text, evidence: [] })) }),
      evidence: [...compared, ...new Set(proofSentences(causes))],
      fix: row.fix,
      match,
      causes,
      remedies: remediesOf(causes, row.topic, facts),
      contradicted: null,
    },
  }
}

/** Best first; a row printed twice counts as its first printing. */
function ranked(rows: readonly MatchedRow[], witnessed: Witnessed, facts: CallFacts): Ranked[] {
  const best = new Map<string, Ranked>()
  for (const row of rows) {
    const one = explainRow(row, witnessed, facts)
    const known = best.get(one.explanation.errorId)
    if (known === undefined || known.rank < one.rank) best.set(one.explanation.errorId, one)
  }
  return [...best.values()].sort((a, b) => b.rank - a.rank)
}

/** What by itself makes a bank refuse this call. */
const decisiveProofs = (witnessed: Witnessed, facts: CallFacts): Proof[] =>
  decisiveNames
    .filter((name) => isDecisive(name, facts))
    .map((name) => witnessed.proof(name))
    .filter(({ holds }) => holds === true)

/** The row of the operation that has this evidence, the one with the status of the answer first; null where none has. */
function rowWith(evidence: string, facts: CallFacts): ErrorRow | null {
  const rows = rowsOf(facts.bank, facts.operation.id).filter(
    ({ causes, duplicateOf }) =>
      duplicateOf === undefined && causes.some((cause) => (cause.evidence as string[]).includes(evidence)),
  )
  return rows.find(({ http }) => http === facts.outcome?.status) ?? rows[0] ?? null
}

/** What is proven although the bank does not say it. */
function byEvidence(proof: Proof, witnessed: Witnessed, facts: CallFacts): Explanation {
  const row = rowWith(proof.evidence, facts)
  const name = proof.evidence as EvidenceName
  if (row !== null) {
    const { explanation } = explainRow({ row, match: 'words', score: 0.4, compared: [] }, witnessed, facts)
    const causes = explanation.causes.filter(isProven)
    return { ...explanation, match: 'evidence', score: 0.4, causes, cause: causes.map(({ text }) => text).join(' ') }
  }
  const cause = evidenceTitle(name)
  return {
    errorId: `evidence:${name}`,
    score: 0.4,
    title: cause,
    cause: `${cause}.`,
    evidence: [proof.sentence],
    fix: generalFix(name),
    match: 'evidence',
    causes: [{ text: `${cause}.`, verdict: 'proven', proofs: [proof] }],
    remedies: remediesFor(name, facts),
    contradicted: null,
  }
}

const lowered = (sentence: string): string =>
  /^(The|No|None|An?|Every|What|When|Which)\b/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence

/** What speaks against the bank's words: nothing of their row is proven, something of it is disproved, and another thing is certain. */
function contradictionOf(
  { explanation, weight: weighed }: Ranked,
  words: ErrorWords,
  proofs: readonly Proof[],
): string | null {
  const [proof] = proofs
  const disproved = explanation.causes.some(({ verdict }) => verdict === 'disproved')
  if (weighed === 1 || !disproved || proof === undefined) return null
  const said = words.code ?? words.title ?? explanation.title
  return `The bank says "${said}", but ${lowered(proof.sentence)}`
}

/** Without an answer: the fault and what can have led to it. */
function explainFault(facts: CallFacts, witnessed: Witnessed): Explanation[] {
  const fault = facts.outcome?.fault
  const known = fault == null ? undefined : faultCauses[fault.code as FaultCode]
  if (fault == null || known === undefined) return []
  const causes = weighCauses(known.causes, witnessed)
  const proven = remediesOf(causes, undefined, facts)
  return [
    {
      errorId: `fault:${fault.code}`,
      score: weightOf(causes) === 1 ? 1 : 0.6,
      title: known.title,
      cause: causeText({ causes: causes.map(({ text }) => ({ text, evidence: [] })) }),
      evidence: [fault.message, ...new Set(proofSentences(causes))],
      fix: known.fix,
      match: 'fault',
      causes,
      remedies: proven.length > 0 ? proven : (known.remedies?.(facts) ?? []),
      contradicted: null,
    },
  ]
}

/** The page of a gateway says of itself that it is none of the bank's answers. */
function withPage(explanations: readonly Explanation[], body: string): Explanation[] {
  const page = pageTitle(body)
  const sentence =
    page !== null
      ? `The answer is an HTML page${page === '' ? '' : ` ("${page.slice(0, 120)}")`}: a gateway or firewall may have answered in the bank’s place.`
      : body.trim() === ''
        ? 'The answer has no body.'
        : null
  return explanations.map((each) => (sentence === null ? each : { ...each, evidence: [sentence, ...each.evidence] }))
}

/** Best first, at most five. Empty for a success. */
export function explain(facts: CallFacts): Explanation[] {
  const { bank, operation, outcome } = facts
  if (outcome === null) return []
  const witnessed = witness(facts)
  if (outcome.status === null) return explainFault(facts, witnessed)
  if (outcome.status < 400) return []
  const words = readErrorWords(outcome.body)
  const [best, ...others] = ranked(matchingRows(bank, operation.id, outcome.status, words), witnessed, facts)
  const proofs = best?.weight === 1 ? [] : decisiveProofs(witnessed, facts)
  const proven = new Map(
    proofs.map((proof) => {
      const one = byEvidence(proof, witnessed, facts)
      return [one.errorId, one] as const
    }),
  )
  if (best !== undefined) {
    const first = { ...best.explanation, contradicted: contradictionOf(best, words, proofs) }
    const named = new Set([best, ...others].map(({ explanation }) => explanation.errorId))
    const more = [...proven.values()].filter(({ errorId }) => !named.has(errorId)).slice(0, 2)
    return [first, ...others.map(({ explanation }) => explanation).slice(0, most - 1 - more.length), ...more]
  }
  const nearest = ranked(nearestRows(bank, operation.id, outcome.status, words), witnessed, facts)
  const named = nearest.map(({ explanation }) => explanation).filter(({ errorId }) => !proven.has(errorId))
  const standard = explainOauth(words, witnessed, facts)
  if (standard !== null) {
    const looked = new Set(
      standard.causes.flatMap(({ proofs }) => proofs.map(({ evidence }) => `evidence:${evidence}`)),
    )
    return [standard, ...[...proven.values()].filter(({ errorId }) => !looked.has(errorId)), ...named].slice(0, most)
  }
  return withPage([...proven.values(), ...named].slice(0, most), outcome.body)
}
