/** A form body comes back from its fields as it was, and its fields know what the schema knows. */
import { expect, it } from 'vitest'
import { fieldsOf, formParameters, formText } from './form-fields.ts'

it('goes from text to fields and back', () => {
  const text = 'grant_type=authorization_code&redirect_uri=https%3A%2F%2Ftpp.example%2Fcb&note=a+b'
  expect(fieldsOf(text)).toEqual({
    grant_type: 'authorization_code',
    redirect_uri: 'https://tpp.example/cb',
    note: 'a b',
  })
  expect(formText(fieldsOf(text)!)).toBe(text)
  expect(formText({ a: '', b: '1' })).toBe('b=1')
  expect(fieldsOf('')).toEqual({})
})

it('leaves a text alone that is no table', () => {
  expect(fieldsOf('a=1&a=2')).toBeNull()
  expect(fieldsOf('{"a": 1}')).toBeNull()
})

it('has the fields of the schema, then the others', () => {
  const schema = {
    required: ['grant_type'],
    properties: {
      grant_type: { type: 'string', enum: ['authorization_code'], description: 'Which grant.' },
      code: { $ref: '#/components/schemas/Code' },
    },
    components: { schemas: { Code: { type: 'string', pattern: '^.+$', minLength: 1 } } },
  }
  const found = formParameters(schema, ['grant_type', 'own'])
  expect(found.map(({ name, required }) => [name, required])).toEqual([
    ['grant_type', true],
    ['code', false],
    ['own', false],
  ])
  expect(found[0]).toMatchObject({ enum: ['authorization_code'], description: 'Which grant.' })
  expect(found[1]).toMatchObject({ pattern: '^.+$', minLength: 1 })
})
