/** A whole document becomes a bank: several files, everything OpenAPI 3.0 has and 3.1 spells differently, and what is not supported. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { isFault } from '#shared/fault.ts'
import { type ImportResult, importDocument } from './import-document.ts'
import { importFolder } from './import-folder.ts'
import { folderFilesOf, smallDocument } from './testing/import-files.ts'

const importOf = (document: unknown): ImportResult =>
  importDocument({ main: 'a.json', files: [{ path: 'a.json', text: JSON.stringify(document) }] })
const operationOf = (result: ImportResult, id: string) => result.bank.operations.find((each) => each.id === id)!
const said = (result: ImportResult): string[] => result.preview.notSupported.map(({ what }) => what)

describe('a document in the manner of the Berlin Group, in five files', () => {
  const files = folderFilesOf('berlin-group')
  const result = importDocument({ main: 'openapi.yaml', files })
  const { preview, bank } = result
  const document = parse(result.texts['openapi.yaml']!) as {
    paths: Record<string, Record<string, Record<string, unknown>>>
    components: { schemas: Record<string, Record<string, unknown>> } & Record<string, Record<string, unknown>>
  }

  it('is counted', () => {
    expect(preview).toMatchObject({
      kind: 'openapi',
      title: 'Example Bank XS2A',
      version: '1.3.8',
      openapi: '3.0.1',
      suggestedId: 'example-bank-xs2a',
      suggestedCountry: 'XX',
      counts: { operations: 8, tags: 5, errors: 0, files: 5 },
    })
    expect(preview.counts.schemas).toBe(Object.keys(document.components.schemas).length)
  })

  it('gives ids of one form, the document’s own where it has them, and never two alike', () => {
    expect(bank.operations.map(({ id }) => id)).toEqual([
      'create-consent',
      'get-consent',
      'get-consent-2',
      'get-account-list',
      'get-v1-accounts-by-account-id-transactions',
      'initiate-payment',
      'post-v1-files',
      'token',
    ])
  })

  it('gives one tag, with the view it belongs to', () => {
    expect(preview.tags.map(({ name, view }) => [name, view])).toEqual([
      ['Account Information', 'accounts'],
      ['Consents', 'consents'],
      ['Payments', 'payments'],
      ['Other', null],
      ['Access', 'access'],
    ])
    expect(bank.tags.map(({ view }) => view)).toEqual(['accounts', 'consents', 'payments', null, 'access'])
    expect(operationOf(result, 'get-account-list').tags).toEqual(['Account Information'])
  })

  it.each([
    ['https://api.bank.test/v1', '', 'production'],
    ['https://testing.bank.example', 'Production', 'production'],
    ['https://sandbox.bank.example', '', 'bank-sandbox'],
    ['https://api.bank.example', 'For tests', 'bank-sandbox'],
  ])('takes %s (%s) for %s', (url, description, expected) => {
    const { environments } = importOf(smallDocument({ servers: [{ url, description }] })).bank.profile
    expect(environments.filter(({ urls }) => urls.api === url).map(({ id }) => id)).toEqual([expected])
  })

  it('tells sandbox from production, and gives other servers a host of their own', () => {
    const [sandbox, production] = bank.profile.environments
    expect(sandbox).toMatchObject({
      id: 'bank-sandbox',
      urls: { api: 'https://sandbox.north.bank.example/psd2', login: '' },
    })
    expect(production).toMatchObject({
      id: 'production',
      urls: { api: 'https://api.bank.example/psd2', login: 'https://login.bank.example' },
    })
    expect(operationOf(result, 'token').host).toBe('login')
    expect(said(result)).toContain('The server variable {region}')
  })

  it('bundles every file, keeps the names of components, and leaves no reference that leads out', () => {
    expect(Object.keys(document.components.schemas).sort()).toEqual([
      'AccountList',
      'Amount',
      'CardTransaction',
      'Consent',
      'Payment',
      'Transaction',
      'Transactions',
      'account-details',
      'accounts',
    ])
    const references = JSON.stringify(document).match(/"\$ref":"[^"]*"/g)!
    const stray = references.filter((each) => !/"#\/components\/(schemas|parameters|responses)\/[\w.-]+"/.test(each))
    expect(stray).toEqual([])
    expect(document.components.schemas['account-details']).toMatchObject({
      properties: { linked: { $ref: '#/components/schemas/account-details' } },
    })
    expect(document.components.schemas.Transaction).toMatchObject({
      discriminator: {
        mapping: { card: '#/components/schemas/CardTransaction', other: '#/components/schemas/Transaction' },
      },
      properties: { amount: { $ref: '#/components/schemas/Amount' } },
    })
  })

  it('speaks 3.1 afterwards', () => {
    const { Payment, Transaction } = document.components.schemas as Record<string, { properties: object }>
    expect(Payment!.properties).toMatchObject({ creditorName: { type: ['string', 'null'], maxLength: 70 } })
    expect(Transaction!.properties).toMatchObject({
      interest: { type: 'number', exclusiveMinimum: 0, examples: [1.5] },
    })
    expect(JSON.stringify(document)).not.toContain('nullable')
  })

  it('leaves parameters that are sent, and adds those that are not declared', () => {
    const names = (id: string) => operationOf(result, id).parameters.map((each) => `${each.in} ${each.name}`)
    expect(names('get-account-list')).toEqual(['header X-Request-ID', 'query withBalance', 'query filter'])
    expect(names('get-v1-accounts-by-account-id-transactions')).toEqual(['query dateFrom', 'path account-id'])
    expect(operationOf(result, 'create-consent').parameters[0]!.example).toBe('99391c7e-ad88-49ec-a2ad-99ddcb1f7721')
  })

  it('sends JSON where it can, a form where that is asked for, and unchecked text elsewhere', () => {
    const body = (id: string) => operationOf(result, id).body!
    expect(body('initiate-payment')).toMatchObject({
      required: true,
      contentType: 'application/json',
      example: { creditorName: 'A Shop' },
    })
    expect(body('token').contentType).toBe('application/x-www-form-urlencoded')
    expect(body('post-v1-files')).toMatchObject({ contentType: 'multipart/form-data', schema: {} })
  })

  it('asks for a token where the document does', () => {
    const scope = (id: string) => operationOf(result, id).scope
    expect(scope('get-account-list')).toBe('accounts')
    expect(scope('initiate-payment')).toBe('payments')
    expect(scope('token')).toBeNull()
    expect(scope('post-v1-files')).toBeNull()
    expect(bank.profile.access).toMatchObject({
      flow: 'bearer',
      origin: expect.stringContaining('https://login.bank.example/authorize'),
      scopes: [
        { scope: 'accounts', roles: ['PSP_AI'] },
        { scope: 'payments', roles: ['PSP_PI'] },
      ],
    })
  })

  it('says what is not supported, where, and what that means', () => {
    const about = said(result).join('\n')
    for (const words of [
      'cookie session',
      'deepObject',
      'Callbacks',
      'Links',
      'multipart',
      'XML',
      'oauth2 flow',
      'pattern',
    ])
      expect(about).toContain(words)
    for (const { place, what, effect } of preview.notSupported) {
      expect(place).toMatch(/^#\//)
      expect(what).not.toBe('')
      expect(effect).toMatch(/\.$/)
    }
  })

  it('notes what had to be assumed, and what can be set instead', () => {
    expect(bank.profile.assumptions.map(({ id }) => id)).toEqual([
      'base-urls',
      'client-certificate',
      'framework-resources',
      'signing',
    ])
    expect(bank.profile.hosts.api).toMatchObject({ clientCertificate: 'QWAC' })
    expect(preview.warnings.join()).toContain('Signature')
    expect(bank.profile.headers).toMatchObject([{ name: 'X-Request-ID', value: 'uuid' }])
  })

  it('comes back unchanged when its folder is imported', () => {
    const again = importFolder({
      main: 'bank.yaml',
      files: Object.entries(result.texts).map(([path, text]) => ({ path, text })),
    })
    expect(again.texts).toEqual(result.texts)
    expect(again.bank).toEqual(bank)
    expect(again.preview.counts).toMatchObject({ operations: 8, tags: 5 })
  })

  it('is the same however often it is imported', () =>
    expect(importDocument({ main: './openapi.yaml', files }).texts).toEqual(result.texts))

  it('names the files that are missing, all at once', () => {
    const [main] = files.filter(({ path }) => path === 'openapi.yaml')
    expect(() => importDocument({ main: 'openapi.yaml', files: [main!] })).toThrow(
      expect.objectContaining({
        code: 'IMPORT_REFUSED',
        details: expect.objectContaining({
          missing: ['components/parameters.yaml', 'components/schemas.yaml', 'paths/consents.yaml'],
        }),
      }),
    )
  })
})

describe('what a person decides', () => {
  const text = stringify(smallDocument({ tags: [{ name: 'T' }] }))
  it('goes before what the document says', () => {
    const { bank, texts } = importDocument({
      main: 'a.yaml',
      files: [{ path: 'a.yaml', text }],
      id: 'mine',
      name: 'My Bank',
      country: 'NO',
      views: { Other: 'products' },
    })
    expect(bank.profile).toMatchObject({ id: 'mine', name: 'My Bank', country: 'NO' })
    expect(bank.tags).toMatchObject([{ name: 'Other', view: 'products' }])
    expect(Object.keys(texts).sort()).toEqual(['bank.yaml', 'errors.yaml', 'openapi.yaml'])
  })
})

describe('a document that is not whole', () => {
  it.each([
    ['no operation', { paths: {} }, 'describes no operation'],
    ['no paths at all', { paths: undefined }, 'describes no operation'],
    ['a path that is none', { paths: { accounts: { get: {} } } }, 'is no path'],
    ['paths as a list', { paths: [] }, 'an object has to stand here'],
    ['parameters as an object', { paths: { '/a': { get: { parameters: {} } } } }, 'a list has to stand here'],
    ['a parameter without name', { paths: { '/a': { get: { parameters: [{ in: 'query' }] } } } }, 'parameters'],
  ])('%s', (_title, parts, words) => {
    expect(() => importOf(smallDocument(parts))).toThrow(expect.objectContaining({ code: 'IMPORT_REFUSED' }))
    expect(() => importOf(smallDocument(parts))).toThrow(words)
  })

  it.each([
    ['a server without host', [{ url: '/v1' }], ''],
    ['a server that is no URL', [{ url: 'https://[x' }], ''],
    ['a server of another scheme', [{ url: 'javascript:alert(1)' }], ''],
    ['a variable without default', [{ url: 'https://{x}.bank.example' }], ''],
    ['a user name in it', [{ url: 'https://me:secret@api.bank.example/v1/?a=b#c' }], 'https://api.bank.example/v1'],
  ])('%s', (_title, servers, url) => {
    const result = importOf(smallDocument({ servers }))
    expect(result.bank.profile.environments.find(({ id }) => id === 'production')!.urls).toEqual({ api: url })
    expect(result.preview.notSupported).not.toEqual([])
    expect(JSON.stringify(result.texts)).not.toContain('secret')
  })
})

it('takes an API key as a parameter, and says of basic authentication that it is not supported', () => {
  const result = importOf(
    smallDocument({
      security: [{ key: [], basic: [] }],
      components: {
        securitySchemes: {
          key: { type: 'apiKey', in: 'header', name: 'X-Key' },
          basic: { type: 'http', scheme: 'basic' },
        },
      },
    }),
  )
  expect(operationOf(result, 'a').parameters).toMatchObject([{ in: 'header', name: 'X-Key' }])
  expect(said(result).join()).toContain('basic')
  expect(result.bank.profile.access).toBeUndefined()
})

it('has a scope of its own for operations that name none, and only where there are such', () => {
  const bearing = { components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } } }
  const asking = importOf(smallDocument({ ...bearing, security: [{ token: [] }] }))
  expect(operationOf(asking, 'a').scope).toBe('access')
  expect(asking.bank.profile.access).toMatchObject({ flow: 'bearer', scopes: [{ scope: 'access' }] })
  expect(importOf(smallDocument(bearing)).bank.profile.access).toMatchObject({ flow: 'bearer', scopes: [] })
})

describe('any document', () => {
  const word = fc.oneof(fc.constantFrom('constructor', 'prototype', 'toString', '$ref', 'a b', 'å', ''), fc.string())
  const schema = fc.letrec<{ schema: unknown }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small' },
      fc.boolean(),
      fc.record({ type: fc.constantFrom('string', 'object', 'any'), nullable: fc.boolean(), example: fc.jsonValue() }),
      fc.record({ properties: fc.dictionary(word, tie('schema')), required: fc.array(word) }),
      fc.record({ allOf: fc.array(tie('schema')) }),
      fc.constantFrom('A', 'B', 'A', 'B', 'C').map((name) => ({ $ref: `#/components/schemas/${name}` })),
      fc.record({ pattern: fc.string() }),
    ),
  })).schema

  it('becomes a bank that compiles and comes back, or is refused with a fault', () => {
    let made = 0
    fc.assert(
      fc.property(fc.dictionary(word, schema), schema, word, word, schema, (others, A, name, tag, body) => {
        const schemas = { ...others, A, B: { type: 'string' } }
        const document = smallDocument({
          openapi: '3.0.0',
          paths: {
            '/a/{b}': {
              post: {
                operationId: name,
                tags: [tag],
                requestBody: { content: { 'application/json': { schema: body } } },
                responses: { 200: { description: name } },
              },
            },
          },
          components: { schemas },
        })
        try {
          const { texts, bank } = importOf(document)
          const files = Object.entries(texts).map(([path, text]) => ({ path, text }))
          expect(importFolder({ main: 'bank.yaml', files }).bank).toEqual(bank)
          made += 1
        } catch (error) {
          if (!isFault(error)) throw error
          expect(error.code).toBe('IMPORT_REFUSED')
        }
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 300 },
    )
    expect(made).toBeGreaterThan(30)
  })
})
