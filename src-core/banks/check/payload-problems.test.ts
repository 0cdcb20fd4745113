/** Bodies of journeys against schemas of every form: what is missing, unknown or impossible is named by its path. */
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from './json-document.ts'
import { bodyProblems } from './payload-problems.ts'

const amount: JsonObject = {
  type: 'object',
  required: ['amount', 'currency'],
  properties: { amount: { type: 'string' }, currency: { type: 'string', enum: ['EUR', 'SEK'] } },
}
const document: Json = { components: { schemas: { Amount: amount } } }
const reference = { $ref: '#/components/schemas/Amount' }
const payment: JsonObject = {
  required: ['instructedAmount'],
  properties: { instructedAmount: reference, members: { type: 'array', items: reference } },
}

describe('a body', () => {
  it.each<[string, Json, JsonObject, RegExp[]]>([
    ['with all it needs', { instructedAmount: { amount: '1', currency: 'EUR' } }, payment, []],
    ['that an expression gives', '$inputs.payment', payment, []],
    ['with a field that an expression gives', { instructedAmount: '$steps.a.outputs.amount' }, payment, []],
    ['without a field', {}, payment, [/field instructedAmount, which the body needs/]],
    [
      'with an unknown field',
      { instructedAmount: '$inputs.a', x: 1 },
      payment,
      [/field x, which the body does not have/],
    ],
    [
      'with mistakes further in',
      { instructedAmount: { amount: '1' }, members: [{ amount: '1', currency: 'NOK' }] },
      payment,
      [
        /instructedAmount\.currency, which the body needs/,
        /members\[0\]\.currency the value "NOK", which is none of EUR, SEK/,
      ],
    ],
    ['of parts', { amount: '1', currency: 'EUR', note: 'x' }, { allOf: [reference, { properties: { note: {} } }] }, []],
    ['of parts, without a field of one', { note: 'x' }, { allOf: [reference] }, [/amount/, /currency/, /note/]],
    ['of any fields', { x: 1 }, { type: 'object' }, []],
    ['of further fields', { x: 1 }, { properties: {}, additionalProperties: true }, []],
    ['named like the language', { constructor: 1 }, { properties: { a: {} } }, [/field constructor/]],
  ])('%s', (_, payload, schema, says) => {
    const problems = bodyProblems(payload, schema, document)
    expect(problems).toHaveLength(says.length)
    for (const [index, problem] of problems.entries()) expect(problem).toMatch(says[index]!)
  })

  it('of several shapes is held against the nearest', () => {
    const card = { required: ['pan'], properties: { pan: {} } }
    expect(bodyProblems({ amount: '1' }, { oneOf: [card, reference] }, document)).toEqual([
      expect.stringContaining('field currency'),
    ])
  })
})
