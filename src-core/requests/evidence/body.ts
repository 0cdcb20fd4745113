/** Evidence on the body and on values the bank's rules judge. */
import type { CallRuleName } from '#shared/call-rules.ts'
import { type CallFacts, headerOf } from '../call-facts.ts'
import { judgeRule, rulesOf } from '../call-rules.ts'
import { bodyMemberEvidence } from './body-members.ts'
import { no, open, type Predicate, yes } from './judgement.ts'

/** Whether the call keeps to the bank's rules of a name. */
const rule =
  (name: CallRuleName): Predicate =>
  (facts) => {
    const about = rulesOf(facts.bank, facts.operation.id)
      .filter((each) => each.rule === name)
      .map((each) => judgeRule(each, facts))
      .filter((found) => found !== null)
    if (about.length === 0) return open('The bank’s data has no such rule for this call.')
    const [first] = about.flat()
    return first === undefined ? no('The call keeps to the bank’s rule.') : yes(first.sentence)
  }

/** Last part of a path as it was sent, for products that are part of it. */
const product = ({ operation, values }: CallFacts) =>
  operation.parameters.find(
    ({ in: place, name }) => place === 'path' && /product/i.test(name) && values[name] !== undefined,
  )

/** Words a schema lists, also behind a reference. */
function listed({ bank }: CallFacts, schema: Record<string, unknown>): readonly string[] | null {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined
  const schemas = bank.components.schemas as Record<string, Record<string, unknown>> | undefined
  const found = name === undefined ? schema : schemas?.[name]
  return Array.isArray(found?.enum) ? (found.enum as unknown[]).map(String) : null
}

export const bodyEvidence = {
  'body-invalid'({ schemaFindings, body }) {
    if (body === null) return open('The call had no body.')
    if (schemaFindings === null) return open('The body was not compared with its schema.')
    const found = schemaFindings.find(({ id }) => id === 'body-invalid')
    if (found !== undefined) return yes(found.message)
    return no('The body fits its schema.')
  },
  'body-absent'({ body, operation, headers }) {
    if (operation.body === null) return open('The operation takes no body.')
    if (body === null || body.trim() === '') return yes('The call was sent without a body.')
    return no(`The body had ${headerOf(headers, 'content-length') ?? Buffer.byteLength(body)} bytes.`)
  },
  ...bodyMemberEvidence,
  'character-not-allowed': rule('character-not-allowed'),
  'amount-digits': rule('amount-digits'),
  'currency-not-of-product': rule('currency-not-of-product'),
  'payment-reference-absent': rule('payment-reference-absent'),
  'date-in-past': rule('date-in-past'),
  'period-too-long': rule('period-too-long'),
  'period-reversed': rule('period-reversed'),
  'page-size-too-large': rule('page-size-too-large'),
  'frequency-not-offered': rule('frequency-not-offered'),
  'product-not-listed'(facts) {
    const parameter = product(facts)
    if (parameter === undefined) {
      const path = URL.parse(facts.url)?.pathname ?? ''
      return path.endsWith(facts.operation.path) || facts.operation.path.includes('{')
        ? open('The path has no product.')
        : yes(`The path ends in ${path.slice(-60)}, not in ${facts.operation.path}.`)
    }
    const words = listed(facts, parameter.schema)
    const value = facts.values[parameter.name]!
    if (words === null) return open('The bank’s data lists no products.')
    return words.includes(value)
      ? no(`${value} is one of the bank’s products.`)
      : yes(`${value} is none of ${words.join(', ')}.`)
  },
} satisfies Record<string, Predicate>
