/** A place of a JSON text is found by its pointer and by the cursor, and what the schema says of it is complete. */
import { json } from '@codemirror/lang-json'
import { ensureSyntaxTree } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { placeAt, rangesOf } from './json-place.ts'
import { documentationAt, documentationText } from './schema-documentation.ts'

const schema = {
  type: 'object',
  required: ['amount', 'notes'],
  properties: {
    amount: { $ref: '#/components/schemas/Amount', description: 'What is paid.' },
    product: { enum: ['bankgiro', 'plusgiro'] },
    notes: {
      type: 'array',
      maxItems: 3,
      items: { type: 'object', properties: { 'a/b': { type: ['string', 'null'] } } },
    },
    either: {
      oneOf: [{ properties: { one: { type: 'integer', minimum: 1, example: 4 } } }, { properties: { two: {} } }],
    },
    circle: { $ref: '#/components/schemas/Circle' },
  },
  components: {
    schemas: {
      Amount: {
        description: 'An amount.',
        required: ['value'],
        properties: { value: { type: 'string', pattern: '^\\d+$', minLength: 1, maxLength: 18, format: 'decimal' } },
      },
      Circle: { $ref: '#/components/schemas/Circle' },
    },
  },
}

describe('documentation of a place', () => {
  it('says type, requirement, limits, values and example, through references and branches', () => {
    expect(documentationAt(['amount', 'value'], schema)).toEqual({
      name: 'amount.value',
      type: 'string (decimal)',
      required: true,
      description: '',
      limits: ['at least 1 character', 'at most 18 characters', 'matches ^\\d+$'],
      values: [],
      example: null,
    })
    expect(documentationAt(['amount'], schema)).toMatchObject({ description: 'What is paid.', type: 'object' })
    expect(documentationAt(['product'], schema)).toMatchObject({ values: ['bankgiro', 'plusgiro'], required: false })
    expect(documentationAt(['notes', null, 'a/b'], schema)).toMatchObject({
      name: 'notes[].a/b',
      type: 'string or null',
    })
    expect(documentationAt(['either', 'one'], schema)).toMatchObject({ example: '4', limits: ['from 1'] })
    expect(documentationAt([], schema)).toMatchObject({ name: 'body', required: false })
  })

  it('asks only for what every alternative asks for', () => {
    const branch = (required: string[], kind: string) => ({
      required,
      properties: { kind: { const: kind }, code: {}, token: {} },
    })
    const form = { oneOf: [branch(['kind', 'code'], 'code'), branch(['kind', 'token'], 'refresh')] }
    expect(['kind', 'code', 'token'].map((name) => documentationAt([name], form)?.required)).toEqual([
      true,
      false,
      false,
    ])
    expect(documentationAt(['kind'], { ...form, allOf: [{ required: ['code'] }] })?.required).toBe(true)
    expect(documentationAt(['kind'], { properties: { kind: { const: 'one' } } })?.values).toEqual(['one'])
  })

  it('knows what it does not know, and ends in a circle', () => {
    expect(documentationAt(['nothing'], schema)).toBeNull()
    expect(documentationAt(['circle'], schema)).toMatchObject({ type: 'any' })
  })

  it('is one text for a screen reader', () => {
    expect(documentationText(documentationAt(['amount'], schema)!)).toBe('amount: object, required. What is paid')
    expect(documentationText(documentationAt(['product'], schema)!)).toBe('product: any. one of bankgiro, plusgiro')
  })
})

const text = `{
  "amount": { "value": "12" },
  "notes": [{ "a/b": null }, "second"]
}`
const state = EditorState.create({ doc: text, extensions: [json()] })
ensureSyntaxTree(state, text.length, 5000)
const at = (pointer: string): string => {
  const { from, to } = rangesOf(state)(pointer)
  return text.slice(from, to)
}

describe('a place of a text', () => {
  it('is found by its pointer', () => {
    expect(at('/amount/value')).toBe('"12"')
    expect(at('/notes/1')).toBe('"second"')
    expect(at('/notes/0/a~1b')).toBe('null')
  })

  it('is named where it is an object, and the nearest one where it is missing', () => {
    expect(at('/amount')).toBe('"amount"')
    expect(at('/amount/currency')).toBe('"amount"')
    expect(at('/notes/7')).toBe('"notes"')
    expect(at('/other')).toBe('{')
    expect(at('')).toBe('{')
  })

  it('is found by the cursor', () => {
    const path = (word: string) => placeAt(state, text.indexOf(word) + 1)?.path
    expect(path('"value"')).toEqual(['amount', 'value'])
    expect(path('"12"')).toEqual(['amount', 'value'])
    expect(path('"notes"')).toEqual(['notes'])
    expect(path('"second"')).toEqual(['notes', null])
    expect(path('"a/b"')).toEqual(['notes', null, 'a/b'])
  })
})
