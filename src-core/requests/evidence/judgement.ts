/** What came of looking at one piece of evidence. */
import type { Proof } from '#shared/contract/exchange.ts'
import type { CallFacts } from '../call-facts.ts'

export type Judgement = Pick<Proof, 'holds' | 'sentence'>

/** Looks at a call; asks nobody. */
export type Predicate = (facts: CallFacts) => Judgement

export const yes = (sentence: string): Judgement => ({ holds: true, sentence })
export const no = (sentence: string): Judgement => ({ holds: false, sentence })
/** Nothing here tells. */
export const open = (sentence: string): Judgement => ({ holds: 'unknown', sentence })
