/** What is said to fit at a glance fits for the schema compiler too. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainlyFits } from './plainly-fits.ts'

const ajv = new Ajv2020({ strict: false, logger: false })
;(formats as unknown as { default: (ajv: Ajv2020) => void }).default(ajv)

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.ipV4(),
  fc.ipV6(),
  fc.uuid(),
  fc.constantFrom('', 'a', '01.2.3.4', '1.2.3', 'fe80::1%eth0', '::ffff:1.2.3.4', '🏠', 'SEK', '12', '2026-11-21'),
)
const values = fc.oneof(words, fc.integer({ min: -5, max: 200 }), fc.double({ noNaN: true }), fc.boolean())
const keyword = fc.oneof(
  fc.record({
    type: fc.constantFrom('string', 'integer', 'number', 'boolean', 'null', 'object', ['string', 'null']),
  }),
  fc.record({ format: fc.constantFrom('ipv4', 'ipv6', 'uuid', 'date', 'uri', 'int32') }),
  fc.record({ minLength: fc.nat(4) }),
  fc.record({ maxLength: fc.nat(40) }),
  fc.record({ minimum: fc.integer({ min: -10, max: 10 }) }),
  fc.record({ maximum: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ multipleOf: fc.constantFrom(2, 5) }),
  fc.record({ pattern: fc.constantFrom('^[A-Z]{3}$', '^\\d+$', '\\p{L}') }),
  fc.record({ enum: fc.constantFrom<(string | number)[]>(['SEK', 'EUR'], [1, 2]) }),
  fc.record({ const: fc.constantFrom('SEK', 7) }),
  fc.record({ description: fc.constant('words') }),
)
const keywords = fc.array(keyword, { minLength: 1, maxLength: 2 }).map((list) => Object.assign({}, ...list) as object)
const schemas = fc.oneof(keywords, fc.record({ anyOf: fc.array(keywords, { minLength: 1, maxLength: 3 }) }))

describe('a plain schema', () => {
  it('is never said to fit what the compiler refuses', () => {
    let seen = 0
    fc.assert(
      fc.property(schemas, values, (given, value) => {
        const schema = { ...given }
        if (!plainlyFits(schema, value)) return
        seen += 1
        expect(ajv.compile(schema)(value)).toBe(true)
      }),
      { numRuns: 4_000 },
    )
    expect(seen).toBeGreaterThan(100)
  })

  it.each([
    [{ type: 'string' }, 'any'],
    [{ type: 'string', format: 'uuid' }, '9b45fa6c-0d2e-4c6e-9d9f-2f3c4b5a6d7e'],
    [{ description: 'An address.', anyOf: [{ type: 'string', format: 'ipv4' }, { format: 'ipv6' }] }, '2001:db8::1'],
    [{ type: 'string', pattern: '^[A-Z]{3}$' }, 'SEK'],
    [{ type: 'integer', minimum: 1, maximum: 100 }, 100],
    [{ type: 'boolean' }, true],
    [{ enum: ['a', 'b'] }, 'b'],
  ])('%j fits %j at a glance', (schema, value) => {
    expect(plainlyFits(schema, value)).toBe(true)
  })

  it.each([
    [{ type: 'string', format: 'date' }, '2026-11-21'],
    [{ $ref: '#/components/schemas/Currency' }, 'SEK'],
    [{ type: 'string', pattern: '(' }, '('],
    [{ not: { type: 'string' } }, 1],
  ])('%j is for the compiler', (schema, value) => {
    expect(plainlyFits(schema, value)).toBe(false)
  })
})
