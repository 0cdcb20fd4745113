import { expect, test } from 'vitest'
import { environmentOverrideSchema } from '#shared/bank-environment.ts'
import {
  type EnvironmentDraft,
  fieldOfAdjustment,
  noParameter,
  sameDraft,
  toDraft,
  toOverride,
  withoutUserInfo,
} from './environment-draft.ts'

const override = environmentOverrideSchema.parse({
  urls: { resource: 'https://api.example.test/v1' },
  certificates: { token: 'none' },
  parameters: {
    'header TPP-Session-ID': { name: 'X-Session', value: 'abc', required: false },
    'path paymentProduct': { enum: ['bankgiro', 'sepa'] },
  },
  paths: { 'read-accounts': '/accounts' },
  signing: { scheme: 'none' },
  schemas: { Problem: { type: 'object' } },
  identity: 'i1',
  ca: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  proxy: { url: 'http://proxy.example:3128' },
})
const saved = (draft: EnvironmentDraft) => environmentOverrideSchema.parse(toOverride(draft, override.assumptions))

test('what is saved comes back as it was', () => {
  expect(saved(toDraft(override))).toEqual(override)
})

test('what was left empty is not set', () => {
  const draft = toDraft(override)
  const emptied = {
    ...draft,
    urls: { resource: '  ' },
    parameters: { 'path paymentProduct': { ...noParameter, values: ' \n' } },
    paths: { 'read-accounts': '' },
    schemas: { Problem: '' },
    signing: null,
    identity: '',
    ca: ' ',
    proxy: '',
    proxyUser: 'left behind',
  }
  expect(saved(emptied)).toEqual(environmentOverrideSchema.parse({ certificates: { token: 'none' } }))
})

test('allowed values are taken line by line, each once; a value keeps its spaces', () => {
  const parameters = { 'query q': { ...noParameter, values: 'a\n b \n\na', value: ' x ' } }
  expect(saved({ ...toDraft(override), parameters }).parameters).toEqual({
    'query q': { enum: ['a', 'b'], value: ' x ' },
  })
})

test('a schema that is no JSON object is a problem of its field', () => {
  const draft = toDraft(override)
  expect(toOverride({ ...draft, schemas: { Problem: '{' } }, {})).toMatchObject({ field: 'schemas.Problem' })
  expect(toOverride({ ...draft, schemas: { Problem: '[]' } }, {})).toMatchObject({ field: 'schemas.Problem' })
})

test('the headers of a signature lose the gaps left by typing', () => {
  const signing = {
    scheme: 'detached-jws',
    header: 'x-jws-signature',
    algorithms: ['PS256'],
    signedHeaders: ['digest', '', 'date', ''],
    digest: 'SHA-256',
    certificate: ['x5c'],
  } as const
  const draft = { ...toDraft(override), signing: structuredClone(signing) as unknown as EnvironmentDraft['signing'] }
  expect(saved(draft).signing).toMatchObject({ signedHeaders: ['digest', 'date'] })
})

test('two drafts are the same when they would save the same, in whatever order they were typed', () => {
  const draft = toDraft(override)
  expect(sameDraft(draft, { ...draft, urls: { ...draft.urls, token: ' ' } })).toBe(true)
  expect(sameDraft({ ...draft, urls: { a: '1', b: '2' } }, { ...draft, urls: { b: '2', a: '1' } })).toBe(true)
  expect(sameDraft(draft, { ...draft, urls: { resource: 'https://other.example.test' } })).toBe(false)
  expect(sameDraft(draft, { ...draft, schemas: { Problem: '{' } })).toBe(false)
})

test('each adjustment has its field', () => {
  expect(fieldOfAdjustment({ what: 'url', host: 'resource' })).toBe('urls.resource')
  expect(fieldOfAdjustment({ what: 'parameter', parameter: 'path paymentProduct' })).toBe(
    'parameters.path paymentProduct',
  )
  expect(fieldOfAdjustment({ what: 'signing' })).toBe('signing')
})

test("a proxy's user is saved beside its address, the mark of a password is not", () => {
  const proxy = { url: 'http://proxy.example:3128', user: 'tpp', password: 'key-store' as const }
  const draft = toDraft({ ...override, proxy })
  expect(draft).toMatchObject({ proxy: proxy.url, proxyUser: 'tpp' })
  expect(saved(draft).proxy).toEqual({ url: proxy.url, user: 'tpp' })
  expect(saved({ ...draft, proxyUser: ' ' }).proxy).toEqual({ url: proxy.url })
})

test('user and password are taken out of a proxy URL', () => {
  expect(withoutUserInfo('http://tpp:p%40ss@proxy.example:3128')).toEqual({
    url: 'http://proxy.example:3128',
    user: 'tpp',
    password: 'p@ss',
  })
  expect(withoutUserInfo('http://a%ZZ@proxy.example')).toMatchObject({ user: 'a%ZZ', password: '' })
  for (const text of ['http://proxy.example:3128', 'proxy', '', 'http://tpp:secret'])
    expect(withoutUserInfo(text)).toBeNull()
})
