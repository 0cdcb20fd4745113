/** Fields read off a schema: kinds, what is needed, alternatives, lists, what a product adds; and where a problem stands. */
import { describe, expect, it } from 'vitest'
import { fieldFor, formFields, labelOf, wireNameOf } from './form-fields.ts'
import { shapeFor } from './form-shape.ts'
import { parameterWords } from './parameter-words.ts'

const schema = {
  type: 'object',
  required: ['account', 'amount'],
  properties: {
    account: { $ref: '#/components/schemas/Account', description: 'Whose.' },
    amount: { type: 'string' },
    day: { type: 'string', format: 'date' },
    often: { type: 'string', enum: ['Monthly', 'Weekly'] },
    batch: { type: 'boolean' },
    count: { type: 'integer' },
    parts: { type: 'array', items: { $ref: '#/components/schemas/Account' } },
    self: { $ref: '#/components/schemas/Circle' },
  },
  components: {
    schemas: {
      Account: {
        type: 'object',
        anyOf: [{ required: ['iban'] }, { required: ['bban'] }],
        properties: { iban: { type: 'string' }, bban: { type: 'string' }, currency: { type: 'string' } },
      },
      Circle: { type: 'object', properties: { self: { $ref: '#/components/schemas/Circle' } } },
    },
  },
}
const fields = formFields(schema)
const named = (name: string) => fields.find((field) => field.name === name)!

describe('fields', () => {
  it('have the kind of their schema', () => {
    const kinds = Object.fromEntries(fields.map(({ name, kind }) => [name, kind]))
    expect(kinds).toEqual({
      account: 'group',
      amount: 'text',
      day: 'date',
      often: 'choice',
      batch: 'boolean',
      count: 'number',
      parts: 'list',
      self: 'group',
    })
    expect(named('count').whole).toBe(true)
    expect(named('often').values).toEqual(['Monthly', 'Weekly'])
  })
  it('say what is needed, and of alternatives show the first', () => {
    expect(named('amount').required).toBe(true)
    expect(named('day').required).toBe(false)
    const { fields: numbers, first, description } = named('account')
    expect([...first]).toEqual(['iban'])
    expect(numbers.map(({ alternative }) => alternative)).toEqual([true, true, false])
    expect(description).toBe('Whose.')
  })
  it('of a list are made per item', () => {
    const item = named('parts').itemAt!(2)
    expect(item).toMatchObject({ place: '/parts/2', kind: 'group', label: 'Parts 3' })
    expect(item.fields[0]?.place).toBe('/parts/2/iban')
  })
  it('of a circle end', () => {
    expect(JSON.stringify(fields).length).toBeLessThan(20_000)
  })
  it('take what a product needs besides', () => {
    const shapes = [
      { when: {}, required: [], without: [], example: 'plain', notes: ['Always.'] },
      {
        when: { product: ['giro'] },
        required: ['/account/bban'],
        without: ['/account/iban'],
        example: 'giro',
        notes: [],
      },
    ]
    const shape = shapeFor({ shapes }, { product: 'giro' })
    expect(shape).toMatchObject({ example: 'giro', notes: ['Always.'] })
    const [account] = formFields(schema, shape)
    expect(account?.fields.find(({ name }) => name === 'bban')?.required).toBe(true)
    expect(shapeFor({ shapes }, { product: 'other' })).toMatchObject({ example: 'plain', required: new Set() })
  })
})

describe('names and places', () => {
  it.each([
    ['creditorAccount', 'Creditor account'],
    ['iban', 'IBAN'],
    ['requestedExecutionDate', 'Requested execution date'],
    ['payments 1', 'Payments 1'],
  ])('%s is called %s', (name, label) => {
    expect(labelOf(name)).toBe(label)
  })
  it('a problem stands at the nearest place that is shown', () => {
    expect(fieldFor('/account/iban', ['/account', '/account/iban'])).toBe('/account/iban')
    expect(fieldFor('/account/other/id', ['/account'])).toBe('/account')
    expect(fieldFor('/nowhere', ['/account'])).toBeNull()
  })
})

describe('what a field is called on the wire', () => {
  it('is the member, or the place in a list', () => {
    expect(wireNameOf({ place: '/creditorAccount/iban' })).toBe('iban')
    expect(wireNameOf({ place: '/payments/0' })).toBe('[0]')
  })

  it('is, of a parameter, its place in the address; a header is known by its name', () => {
    expect(parameterWords({ name: 'payment-product', in: 'path' })).toEqual({
      label: 'Payment product',
      wire: '{payment-product}',
    })
    expect(parameterWords({ name: 'dateFrom', in: 'query' })).toEqual({ label: 'Date from', wire: '?dateFrom' })
    expect(parameterWords({ name: 'PSU-ID', in: 'header' })).toEqual({ label: 'PSU-ID', wire: 'header' })
  })
})
