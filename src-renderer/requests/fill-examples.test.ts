/** Filling in examples touches only what is required and empty. */
import { expect, it } from 'vitest'
import type { OperationDetail, ParameterView } from '#shared/contract/banks.ts'
import { missingExamples } from './fill-examples.ts'

const parameter = (name: string, change: Partial<ParameterView>): ParameterView => ({
  name,
  wireName: name,
  in: 'header',
  required: true,
  description: '',
  type: 'string',
  enum: [],
  pattern: null,
  minimum: null,
  maximum: null,
  minLength: null,
  maxLength: null,
  example: null,
  computed: null,
  value: null,
  source: null,
  assumption: null,
  ...change,
})

const detail = {
  parameters: [
    parameter('typed', { example: 'no' }),
    parameter('example', { example: 'e' }),
    parameter('enum', { enum: ['first', 'second'] }),
    parameter('nothing', {}),
    parameter('computed', { computed: 'by a rule', example: 'no' }),
    parameter('environment', { value: 'set', example: 'no' }),
    parameter('optional', { required: false, example: 'no' }),
  ],
  body: { required: true, contentType: 'application/json', example: '{"a": 1}', schema: {} },
} as unknown as OperationDetail

it('fills what is required and empty, and keeps what was typed', () => {
  expect(missingExamples(detail, { parameters: { typed: 'mine' }, body: '' })).toEqual({
    parameters: { typed: 'mine', example: 'e', enum: 'first' },
    body: '{"a": 1}',
  })
})

it('does nothing where nothing is missing', () => {
  const parameters = { typed: 'a', example: 'b', enum: 'c' }
  expect(missingExamples(detail, { parameters, body: '{}' })).toEqual({})
})

it('leaves a body alone that may stay empty', () => {
  const optional = { ...detail, parameters: [], body: { ...detail.body!, required: false } }
  expect(missingExamples(optional, { parameters: {}, body: '' })).toEqual({})
})
