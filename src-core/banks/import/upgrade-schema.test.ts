/** Each change from the schemas of 3.0 to JSON Schema, judged by the validator the workbench uses. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { JsonTree } from './json-tree.ts'
import { upgradeSchema } from './upgrade-schema.ts'

const takes = (schema: JsonTree, value: unknown): boolean =>
  new Ajv2020({ strict: false }).compile(upgradeSchema(schema) as object)(value)

describe('nullable', () => {
  it.each<[string, JsonTree]>([
    ['a type', { type: 'string', nullable: true }],
    ['an enum', { type: 'string', enum: ['a'], nullable: true }],
    ['a composition', { allOf: [{ type: 'string' }], nullable: true }],
    ['alternatives', { oneOf: [{ type: 'string' }, { type: 'number' }], nullable: true }],
  ])('lets null pass beside %s', (_title, schema) => {
    expect(takes(schema, null)).toBe(true)
    expect(takes(schema, 'a')).toBe(true)
    expect(takes(schema, true)).toBe(false)
  })
  it('means nothing when it is false, or without a type', () => {
    expect(takes({ type: 'string', nullable: false }, null)).toBe(false)
    expect(upgradeSchema({ nullable: true, description: 'd' })).toEqual({ description: 'd' })
  })
  it('keeps what is said about a reference', () =>
    expect(upgradeSchema({ $ref: '#/components/schemas/A', nullable: true, description: 'd' })).toEqual({
      description: 'd',
      anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }],
    }))
})

describe('limits', () => {
  it.each([
    [{ minimum: 1, exclusiveMinimum: true }, [false, true]],
    [{ minimum: 1, exclusiveMinimum: false }, [true, true]],
    [{ maximum: 2, exclusiveMaximum: true }, [true, false]],
    [{ exclusiveMinimum: true }, [true, true]],
  ] as const)('%j', (schema, expected) => expect([takes(schema, 1), takes(schema, 2)]).toEqual(expected))
  it('leaves the numbers of 3.1 alone', () =>
    expect(upgradeSchema({ exclusiveMinimum: 3 })).toEqual({ exclusiveMinimum: 3 }))
})

it('turns example into examples, and binary formats into encodings', () => {
  expect(upgradeSchema({ type: 'string', example: 'x' })).toEqual({ type: 'string', examples: ['x'] })
  expect(upgradeSchema({ type: 'string', format: 'byte' })).toEqual({ type: 'string', contentEncoding: 'base64' })
  expect(upgradeSchema({ type: 'string', format: 'binary' })).toEqual({
    type: 'string',
    contentMediaType: 'application/octet-stream',
  })
  expect(upgradeSchema({ type: 'string', format: 'toString' })).toEqual({ type: 'string', format: 'toString' })
})

it('does not let begin to count what 3.0 ignored beside a reference', () =>
  expect(upgradeSchema({ $ref: '#/components/schemas/A', type: 'string', maxLength: 1 })).toEqual({
    $ref: '#/components/schemas/A',
  }))
