/** The real bank folder compiles; every kind of damage is refused with the file and the place in it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Fault } from '#shared/fault.ts'
import { type BankTexts, compileBank } from './compile-bank.ts'

const folder = join(import.meta.dirname, '..', '..', 'resources', 'banks', 'ica-banken')
const text = (name: string): string => readFileSync(join(folder, name), 'utf8')
const texts: BankTexts = { bank: text('bank.yaml'), errors: text('errors.yaml'), openapi: text('openapi.yaml') }

const operation = (id: string) => compileBank(texts).operations.find((each) => each.id === id)!

/** A bank as small as the schemas let it be. */
const small = (paths: string, components = '{}'): BankTexts => ({
  bank: `
id: small
name: Small
country: SE
source: { title: T, version: '1' }
hosts: { api: { description: D, clientCertificate: none } }
environments: [{ id: sandbox, name: S, kind: local-sandbox, urls: {} }]
signing: { scheme: none }
`,
  errors: '[]',
  openapi: `openapi: 3.1.0\npaths: ${paths}\ncomponents: ${components}\n`,
})

function damage(broken: BankTexts): Fault {
  try {
    compileBank(broken)
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    return error as Fault
  }
  throw new Error('it compiled')
}

/** Replaces text that must be there. */
function changed(file: keyof BankTexts, from: string | RegExp, to: string): BankTexts {
  const result = texts[file].replace(from, to)
  expect(result).not.toBe(texts[file])
  return { ...texts, [file]: result }
}

describe('the folder of ICA Banken', () => {
  it('gives every operation, with the two token grants apart', () => {
    const bank = compileBank(texts)
    expect(bank.operations).toHaveLength(22)
    expect(bank.errors).toHaveLength(44)
    const ids = bank.operations.map(({ id }) => id)
    expect(new Set(ids).size).toBe(22)
    expect(ids).toContain('ica-oauth-token-refresh')
    expect(ids).not.toContain('ica-oauth-token')
  })

  it('gives each token grant its own body schema and example', () => {
    const code = operation('ica-oauth-token-authorization-code')
    const refresh = operation('ica-oauth-token-refresh')
    expect(code.body?.schema.title).toBe('Exchange a code')
    expect(code.body?.schema.required).toContain('code')
    expect(code.body?.example).toMatchObject({ grant_type: 'authorization_code' })
    expect(refresh.body?.schema.title).toBe('Redeem a refresh token')
    expect(refresh.body?.schema.required).toContain('refresh_token')
    expect(refresh.body?.example).toMatchObject({ grant_type: 'refresh_token' })
    expect([code.method, code.path]).toEqual([refresh.method, refresh.path])
  })

  it('follows references of parameters and keeps what the workbench adds', () => {
    const status = operation('ica-payment-status')
    expect(status.parameters.map(({ name, in: place }) => `${place} ${name}`)).toEqual([
      'path paymentProduct',
      'path paymentId',
      'header X-Request-ID',
    ])
    expect(status).toMatchObject({ host: 'resource', scope: 'payment', body: null, method: 'GET' })
    expect(operation('ica-payment-delete').scope).toBe('payment_delete:{paymentId}')
    expect(operation('ica-funds-confirmation').availability).toMatchObject({ production: false })
    expect(operation('ica-signing-basket-sign').assumptions).toContain('basket-signed-without-body')
    expect(operation('ica-accounts-list').assumptions).toContain('errors-per-area')
  })

  it('is plain data', () => {
    const bank = compileBank(texts)
    expect(JSON.parse(JSON.stringify(bank))).toEqual(bank)
  })
})

describe('damage', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[index]}`).join(',')}]`)
    .join('\n')}\n`

  it.each<[string, () => BankTexts, string, RegExp]>([
    ['bad YAML', () => changed('bank', 'hosts:', 'hosts: ]'), 'bank.yaml', /^bank\.yaml is not valid YAML: .*line 10/],
    [
      'a key twice',
      () => changed('bank', 'country: SE', 'country: SE\ncountry: NO'),
      'bank.yaml',
      /not valid YAML.*unique/,
    ],
    ['an alias bomb', () => ({ ...texts, openapi: bomb }), 'openapi.yaml', /^openapi\.yaml is not valid YAML: .*alias/],
    ['an unknown anchor', () => changed('errors', 'area: General', 'area: *nobody'), 'errors.yaml', /nobody/],
    ['an unknown key', () => changed('bank', 'country: SE', 'country: SE\ncolour: red'), 'bank.yaml', /colour/],
    [
      'an unknown key in a row',
      () => changed('errors', 'http: 401', 'http: 401\n  colour: red'),
      'errors.yaml',
      /^errors\.yaml: 0: .*colour/,
    ],
    ['a wrong value', () => changed('errors', 'http: 401', 'http: many'), 'errors.yaml', /^errors\.yaml: 0\.http: /],
    ['an empty file', () => ({ ...texts, errors: '' }), 'errors.yaml', /^errors\.yaml: the document: /],
    ['OpenAPI 3.0', () => changed('openapi', 'openapi: 3.1.0', 'openapi: 3.0.3'), 'openapi.yaml', /openapi: /],
    [
      'an operation without a host',
      () => changed('openapi', /x-tpp-host: registration/, 'x-tpp-hots: registration'),
      'openapi.yaml',
      /paths\.\/t\/icabanken\.tenant\/mtls_client\/2\.0\.0\/client\.post\.x-tpp-host: /,
    ],
    [
      'a host bank.yaml does not name',
      () => changed('openapi', /x-tpp-host: token/, 'x-tpp-host: nowhere'),
      'openapi.yaml',
      /ica-oauth-token lives on host "nowhere"/,
    ],
    [
      'a reference of a parameter that leads nowhere',
      () => changed('openapi', "$ref: '#/components/parameters/PaymentId'", "$ref: '#/components/parameters/Nobody'"),
      'openapi.yaml',
      /nothing at #\/components\/parameters\/Nobody/,
    ],
    [
      'a reference deep in a schema that leads nowhere',
      () =>
        changed(
          'openapi',
          /(AccountReference'\n\s+description: The account to look at)/,
          "Nobody'\n          description: x",
        ),
      'openapi.yaml',
      /nothing at #\/components\/schemas\/Nobody/,
    ],
    [
      'a reference into another file',
      () => changed('openapi', "$ref: '#/components/schemas/ClientRegistration'", "$ref: '../secret.yaml#/a'"),
      'openapi.yaml',
      /nothing at \.\.\/secret\.yaml/,
    ],
  ])('%s is named', (_, make, file, message) => {
    const fault = damage(make())
    expect(fault.code).toBe('DATA_DAMAGED')
    expect(fault.message).toMatch(message)
    expect(fault.details.file).toBe(file)
  })

  it('a reference that leads back to itself ends', () => {
    const loop =
      "{ parameters: { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } } }"
    expect(damage(small('{}', loop)).message).toMatch(/back to itself/)
  })

  it('a wrong parameter is named with the operation it belongs to', () => {
    const paths = '{ /a: { get: { operationId: a, x-tpp-host: api, parameters: [{ name: x, in: body }] } } }'
    expect(damage(small(paths)).details.place).toBe('paths./a.get.parameters.in')
  })
})

describe('compiling', () => {
  it('lets an operation override a parameter of its path', () => {
    const paths = `{ /a: { parameters: [{ name: x, in: query, required: true }, { name: y, in: query }],
      get: { operationId: a, x-tpp-host: api, parameters: [{ name: x, in: query, description: own }] } } }`
    const [operation] = compileBank(small(paths)).operations
    expect(operation?.parameters).toMatchObject([
      { name: 'x', required: false, description: 'own' },
      { name: 'y', required: false },
    ])
  })

  it('leaves cookies out and takes a schema that refers to itself', () => {
    const paths = `{ /a: { get: { operationId: a, x-tpp-host: api, parameters: [{ name: c, in: cookie }],
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } } } } }`
    const tree =
      "{ schemas: { Tree: { type: object, properties: { children: { items: { $ref: '#/components/schemas/Tree' } } } } } }"
    const [operation] = compileBank(small(paths, tree)).operations
    expect(operation).toMatchObject({ parameters: [], body: { contentType: 'application/json', required: false } })
  })

  it('takes no example for a reference', () => {
    const paths = `{ /a: { get: { operationId: a, x-tpp-host: api,
      requestBody: { content: { application/json: { example: { $ref: '#/not/there' } } } } } } }`
    expect(compileBank(small(paths)).operations[0]?.body?.example).toEqual({ $ref: '#/not/there' })
  })
})
