/** Places and references of a document that may use any name, and say anything in its examples. */
import { describe, expect, it } from 'vitest'
import { followed, inside, type Json, pointerOf, valueAt, walkKeywords } from './json-document.ts'

const document: Json = {
  paths: { '/a/{b}': { 'x~y': 1 } },
  list: ['first'],
  a: { $ref: '#/b' },
  b: { $ref: '#/c' },
  c: { name: 'c' },
  loop: { $ref: '#/loop' },
}

describe('places', () => {
  it('lead to what they name, whatever its name (RFC 6901)', () => {
    const place = inside(pointerOf(['paths', '/a/{b}']), 'x~y')
    expect(place).toBe('#/paths/~1a~1{b}/x~0y')
    expect(valueAt(document, place)).toBe(1)
    expect(valueAt(document, '#/paths/~1a~1%7Bb%7D/x~0y')).toBe(1)
    expect(valueAt(document, '#/list/0')).toBe('first')
    expect(valueAt(document, '#')).toBe(document)
  })

  it('lead neither out of the document nor into the language', () => {
    const outside = ['#/constructor', '#/list/length', '#/__proto__', 'other.yaml#/c', '#c', '#/%', '#/c/name/0']
    expect(outside.map((reference) => valueAt(document, reference))).toEqual(outside.map(() => undefined))
  })
})

describe('references', () => {
  it('are followed to their end', () => {
    expect(followed(document, { $ref: '#/a' })).toEqual({ name: 'c' })
  })

  it('that never end, or end nowhere, give nothing', () => {
    expect(followed(document, { $ref: '#/loop' })).toEqual({})
    expect(followed(document, { $ref: '#/nowhere' })).toEqual({})
    expect(followed(document, 'text')).toEqual({})
  })
})

describe('keywords', () => {
  const visited = (value: Json): string[] => {
    const places: string[] = []
    walkKeywords(value, (_, place) => places.push(place))
    return places
  }

  it('are not looked for in data', () => {
    const data = { example: { a: {} }, examples: { b: { value: {} } }, default: {}, enum: [{}], 'x-own': {} }
    expect(visited(data)).toEqual(['#'])
  })

  it('are looked for under names that read like data', () => {
    const properties = { example: { type: 'string' }, value: { properties: { default: {} } } }
    expect(visited({ properties })).toEqual([
      '#',
      '#/properties/example',
      '#/properties/value',
      '#/properties/value/properties/default',
    ])
    expect(visited({ responses: { default: { description: 'x' } } })).toEqual(['#', '#/responses/default'])
  })
})
