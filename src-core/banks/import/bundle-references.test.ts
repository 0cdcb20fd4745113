/** References: what is followed, and what is refused because it leads out of the folder, to another machine, or nowhere. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFault } from '#shared/fault.ts'
import { bundleReferences } from './bundle-references.ts'
import { follow } from './json-pointer.ts'
import { createBudget, type JsonObject } from './json-tree.ts'
import { openFiles } from './open-files.ts'
import { within } from './resolve-reference.ts'
import { smallDocument } from './testing/import-files.ts'

const bundle = (files: Record<string, unknown>, main = 'api/main.json') => {
  const list = Object.entries(files).map(([path, value]) => ({ path, text: JSON.stringify(value) }))
  const budget = createBudget()
  return bundleReferences(openFiles(list, main, budget), budget).document
}

const withSchema = (schema: unknown) => smallDocument({ components: { schemas: { A: schema } } })

describe('refused', () => {
  it.each([
    ['https://bank.example/a.json', 'leads to another machine, and nothing is fetched'],
    ['http://169.254.169.254/latest#/a', 'nothing is fetched'],
    ['//bank.example/a.json', 'nothing is fetched'],
    ['file:///etc/passwd', 'is absolute'],
    ['/etc/passwd', 'is absolute'],
    ['C:\\Windows\\win.ini', 'absolute'],
    ['\\\\server\\share\\a.json', 'absolute'],
    ['../../secret.yaml', 'leads out of the folder'],
    ['%2e%2e/%2e%2e/secret.yaml', 'leads out of the folder'],
    ['..\\..\\secret.yaml', 'leads out of the folder'],
    ['a/../../../secret.yaml#/x', 'leads out of the folder'],
    ['%zz.yaml', 'broken escape'],
    ['#anchor', 'names an anchor'],
    ['#/components/schemas/Nobody', 'where there is nothing'],
    ['#/components/schemas/constructor', 'where there is nothing'],
    ['#/__proto__', 'where there is nothing'],
    ['#/components/schemas/A', 'leads back to itself'],
  ])('%s', (reference, words) => {
    const run = () => bundle({ 'api/main.json': withSchema({ $ref: reference }) })
    expect(run).toThrow(
      expect.objectContaining({ code: 'IMPORT_REFUSED', details: expect.objectContaining({ file: 'api/main.json' }) }),
    )
    expect(run).toThrow(words)
  })

  it('a circle of things that are written out', () => {
    const paths = { '/a': { $ref: '#/paths/~1b' }, '/b': { $ref: '#/paths/~1a' } }
    expect(() => bundle({ 'api/main.json': smallDocument({ paths }) })).toThrow('leads back to itself')
  })

  it('a reference that multiplies without end', () => {
    const big = {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`p${at}`, { type: 'string' }])),
    }
    const paths = Object.fromEntries(
      Array.from({ length: 2000 }, (_, at) => [
        `/p${at}`,
        { post: { requestBody: { $ref: '#/components/requestBodies/B' } } },
      ]),
    )
    const document = smallDocument({
      paths,
      components: { requestBodies: { B: { content: { 'application/json': { schema: big } } } } },
    })
    expect(() => bundle({ 'api/main.json': document })).toThrow('1,000,000 values')
  })
})

describe('followed', () => {
  it('relative to the file it stands in, through folders and back', () => {
    const document = bundle({
      'api/main.json': withSchema({ $ref: './parts/b.json#/B' }),
      'api/parts/b.json': { B: { properties: { c: { $ref: '../../shared/c%20d.json' } } } },
      'shared/c d.json': { type: 'string' },
    })
    expect(document.components).toEqual({
      schemas: { A: { properties: { c: { $ref: '#/components/schemas/c-d' } } }, 'c-d': { type: 'string' } },
    })
  })

  it('to a schema that holds itself', () => {
    const document = bundle({
      'api/main.json': withSchema({ properties: { next: { $ref: 'node.json' } } }),
      'api/node.json': { properties: { next: { $ref: '#' }, other: { $ref: 'node.json#/properties/next' } } },
    })
    expect(follow(document, '/components/schemas/node')).toEqual({
      properties: { next: { $ref: '#/components/schemas/node' }, other: { $ref: '#/components/schemas/node' } },
    })
  })

  it('to two things of one name, which stay two', () => {
    const document = bundle({
      'api/main.json': withSchema({ anyOf: [{ $ref: 'x.json#/A' }, { $ref: 'y.json#/A' }] }),
      'api/x.json': { A: { type: 'string' } },
      'api/y.json': { A: { type: 'number' } },
    })
    expect(document.components).toEqual({
      schemas: {
        A: { anyOf: [{ $ref: '#/components/schemas/A-2' }, { $ref: '#/components/schemas/A-3' }] },
        'A-2': { type: 'string' },
        'A-3': { type: 'number' },
      },
    })
  })

  it('where whole sections are another file', () => {
    const document = bundle({
      'api/main.json': smallDocument({
        paths: { $ref: 'paths.json' },
        components: { schemas: { $ref: 'schemas.json' } },
      }),
      'api/paths.json': { '/x': { get: { responses: { 200: { $ref: 'r.json' } } } } },
      'api/schemas.json': { S: { type: 'string' } },
      'api/r.json': { description: 'R', content: { 'application/json': { schema: { $ref: 'schemas.json#/S' } } } },
    })
    expect(document.paths).toEqual({ '/x': { get: { responses: { 200: { $ref: '#/components/responses/r' } } } } })
    expect(document.components).toMatchObject({
      schemas: { S: { type: 'string' } },
      responses: { r: { content: { 'application/json': { schema: { $ref: '#/components/schemas/S' } } } } },
    })
  })

  it('not in examples, defaults and enums, which are data', () => {
    const data = { $ref: 'https://bank.example/' }
    const schema = { default: data, enum: [data], example: data, examples: [data], const: data }
    expect(bundle({ 'api/main.json': withSchema(schema) }).components).toEqual({ schemas: { A: schema } })
  })

  it('and takes a property called $ref for a property', () => {
    const schema = { properties: { $ref: { type: 'string' } } }
    expect(bundle({ 'api/main.json': withSchema(schema) }).components).toEqual({ schemas: { A: schema } })
  })
})

describe('any references among any files', () => {
  const place = fc.constantFrom(
    '',
    '#',
    '#/A',
    '#/B',
    '#/A/items',
    '#/components/schemas/A',
    '#/__proto__',
    '#/A/allOf/0',
  )
  const file = fc.constantFrom(
    '',
    'main.json',
    'x.json',
    'd/y.json',
    '../x.json',
    '../api/main.json',
    '../../out.json',
    'http://h/x',
    'gone.json',
  )
  const schema = fc.letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small' },
      fc.tuple(file, place).map(([name, pointer]) => ({ $ref: `${name}${pointer}` })),
      fc.record({ type: fc.constant('string') }),
      fc.record({ items: tie('schema') }),
      fc.record({ allOf: fc.array(tie('schema'), { maxLength: 3 }) }),
    ),
  })).schema
  const named = fc.record({ A: schema, B: schema })

  function references(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return []
    const own = (value as { $ref?: unknown }).$ref
    return [...(typeof own === 'string' ? [own] : []), ...Object.values(value).flatMap(references)]
  }

  it('become references into the components that lead somewhere, or a fault', () => {
    let made = 0
    fc.assert(
      fc.property(named, named, named, (main, x, y) => {
        let document: JsonObject
        try {
          document = bundle({
            'api/main.json': smallDocument({ components: { schemas: main } }),
            'api/x.json': x,
            'api/d/y.json': y,
          })
        } catch (error) {
          if (!isFault(error)) throw error
          expect(error.code).toBe('IMPORT_REFUSED')
          return
        }
        made += 1
        for (const reference of references(document)) {
          expect(reference).toMatch(/^#\/components\/schemas\/[\w.-]+$/)
          expect(follow(document, reference.slice(1))).toBeTypeOf('object')
        }
      }),
      { numRuns: 1000 },
    )
    expect(made).toBeGreaterThan(50)
  })
})

it('never leaves the folder, whatever the path', () => {
  const part = fc.constantFrom('..', '.', 'a', 'b', '', '...', '..a')
  fc.assert(
    fc.property(fc.array(part), fc.array(part), (folder, path) => {
      const base = within('', folder.join('/'))
      fc.pre(base !== null)
      const found = within(base, path.join('/'))
      if (found !== null) expect(found.split('/')).not.toContain('..')
    }),
  )
})
