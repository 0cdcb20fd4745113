/** An imported document gets what its paths and answers show: what can be created, followed, signed together, and how customers agree to it. */
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { BankProfile } from '#shared/bank-profile.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { checkBankFolder } from '../check/check-folder.ts'
import { type ImportResult, importDocument } from './import-document.ts'
import { smallDocument } from './testing/import-files.ts'

const shipped = join(import.meta.dirname, '..', '..', '..', 'resources', 'banks', 'bank-of-georgia')

const imported = (document: unknown): ImportResult =>
  importDocument({ main: 'a.json', files: [{ path: 'a.json', text: JSON.stringify(document) }], id: 'own' })

/** Without a word of ours: as the bank would give it away. */
function plainly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainly)
  if (typeof value !== 'object' || value === null) return value
  const own = Object.entries(value).filter(([key]) => !key.startsWith('x-tpp-'))
  return Object.fromEntries(own.map(([key, each]) => [key, plainly(each)]))
}

/** What cannot be read off a document: sentences for people, examples, a field that only a misprint names. */
function comparable({ shapes, authorisations, ...rest }: ResourceProfile): unknown {
  return {
    ...rest,
    shapes: shapes.map(({ when, required, without }) => ({ when, required, without: without.toSorted() })),
    authorisations: authorisations.map(({ fields: _, ...calls }) => calls),
  }
}

describe('the document of a bank we know, stripped to plain OpenAPI', () => {
  const known = parse(readFileSync(join(shipped, 'bank.yaml'), 'utf8')) as BankProfile
  const result = imported(plainly(parse(readFileSync(join(shipped, 'openapi.yaml'), 'utf8'))))
  const { profile, operations } = result.bank

  it('has the same consents, payments and standing orders as its folder, written by hand', () => {
    const byHand = known.resources!.map((each) =>
      comparable({ ...each, shapes: each.shapes ?? [], authorisations: each.authorisations ?? [] }),
    )
    const ours = (profile.resources ?? []).map(comparable) as { kind: string; shapes: { without: string[] }[] }[]
    expect(ours.map(({ kind }) => kind)).toEqual(['consent', 'payment', 'recurring-payment'])
    for (const [index, own] of ours.entries()) {
      const wanted = byHand[index] as { shapes: { without: string[] }[] }
      // The day of a bulk is left out of single payments by a reading of the document, not by its shape.
      const withoutDay = (shapes: { without: string[] }[]) =>
        shapes.map((each) => ({
          ...each,
          without: each.without.filter((at) => at !== '/requestedExecutionDate').toSorted(),
        }))
      expect({ ...own, shapes: withoutDay(own.shapes) }).toMatchObject({
        ...wanted,
        shapes: withoutDay(wanted.shapes),
      })
    }
  })

  it('gives the same statuses, and knows which calls are counted', () => {
    for (const [name, list] of Object.entries(known.statuses))
      expect(profile.statuses[name]?.map(({ code, final }) => [code, final])).toEqual(
        list.map(({ code, final }) => [code, final]),
      )
    expect(profile.unattended).toEqual(known.unattended)
  })

  it('has customers agree by links, with a token for the one consent or payment, where one is asked for', () => {
    const { refreshToken: _, ...access } = known.access as Record<string, unknown>
    const { server: __, scopes, ...rest } = access
    expect(profile.access).toMatchObject(rest)
    expect((profile.access as { scopes: { scope: string }[] }).scopes.map(({ scope }) => scope)).toEqual(
      (scopes as { scope: string }[]).map(({ scope }) => scope),
    )
    const scopeOf = (id: string) => operations.find((each) => each.id === id)
    expect(scopeOf('bog-consent-create')).toMatchObject({ scope: null })
    expect(scopeOf('bog-consent-status')).toMatchObject({ scope: 'AIS:{consentId}', tokenOptional: true })
    expect(scopeOf('bog-accounts-list')).toMatchObject({ scope: 'AIS:{Consent-ID}', tokenOptional: true })
    expect(scopeOf('bog-payment-cancellation-authorisation-start')).toMatchObject({ scope: 'PIS:{paymentId}' })
  })

  it('makes a folder the checks have nothing against but what an import cannot know', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'tpp-resources-')), 'own')
    await mkdir(folder)
    for (const [name, content] of Object.entries(result.texts)) await writeFile(join(folder, name), content)
    const { checks } = await checkBankFolder(folder)
    await rm(join(folder, '..'), { recursive: true })
    const problems = checks.filter(({ ok, file }) => !ok && file === 'bank.yaml')
    // What the three environments of a folder are for, an import does not know.
    expect(problems.filter(({ place }) => !place?.startsWith('#/environments'))).toEqual([])
  })
})

const json = (properties: Record<string, unknown>) => ({
  'application/json': { schema: { type: 'object', properties } },
})
const text = { type: 'string' }
const path = (name: string) => ({ name, in: 'path', required: true, schema: text })
const header = (name: string) => ({ name, in: 'header', schema: text })
const answer = (status: string, properties: Record<string, unknown>) => ({
  responses: { [status]: { description: 'Done', content: json(properties) } },
})
const call = (status: string, properties: Record<string, unknown>, more: object = {}) => ({
  ...answer(status, properties),
  ...more,
})

/** One product per path, as many banks print it. */
const paymentPaths = (service: string, product: string) => ({
  [`/v1/${service}/${product}`]: {
    post: call('201', { paymentId: text, transactionStatus: text }, { parameters: [header('tpp-redirect-uri')] }),
  },
  [`/v1/${service}/${product}/{id}`]: { parameters: [path('id')], get: call('200', {}), delete: call('204', {}) },
  [`/v1/${service}/${product}/{id}/status`]: {
    parameters: [path('id')],
    get: call('200', { transactionStatus: text }),
  },
})

describe('other ways to write it down', () => {
  it('takes products that are paths of their own, and the spelling of the headers', () => {
    const { profile } = imported(
      smallDocument({
        paths: {
          ...paymentPaths('payments', 'sepa-credit-transfers'),
          ...paymentPaths('periodic-payments', 'sepa-credit-transfers'),
        },
      }),
    ).bank
    expect(profile.resources).toMatchObject([
      { kind: 'payment', when: {}, parameters: ['id'], delete: { gives: 'CANC' }, authorisations: [] },
      { kind: 'recurring-payment', when: {}, create: 'post-v1-periodic-payments-sepa-credit-transfers' },
    ])
    expect(profile.access).toMatchObject({ flow: 'oauth-sca', returnHeader: 'tpp-redirect-uri' })
  })

  it('knows a consent for funds by its path, and baskets with what goes into them', () => {
    const consents = '/v2/consents/confirmation-of-funds'
    const baskets = '/v1/signing-baskets'
    const { profile, operations } = imported(
      smallDocument({
        paths: {
          [consents]: {
            post: call('201', { consentId: text }, { parameters: [header('TPP-Redirect-URI')] }),
          },
          [`${consents}/{consentId}`]: { parameters: [path('consentId')], get: call('200', { consentStatus: text }) },
          '/v1/funds-confirmations': {
            post: call('200', { fundsAvailable: { type: 'boolean' } }, { parameters: [header('Consent-ID')] }),
          },
          ...paymentPaths('payments', '{payment-product}'),
          [baskets]: {
            post: call(
              '201',
              { basketId: text, transactionStatus: text },
              { requestBody: { content: json({ paymentIds: {} }) } },
            ),
          },
          [`${baskets}/{basketId}`]: { parameters: [path('basketId')], get: call('200', { transactionStatus: text }) },
          [`${baskets}/{basketId}/authorisations`]: { parameters: [path('basketId')], post: call('201', {}) },
          [`${baskets}/{basketId}/authorisations/{authorisationId}`]: {
            parameters: [path('basketId'), path('authorisationId')],
            get: call('200', { scaStatus: text }),
          },
        },
      }),
    ).bank
    expect(profile.resources).toMatchObject([
      { kind: 'consent', parameters: ['consentId', 'Consent-ID'] },
      { kind: 'payment' },
      {
        kind: 'basket',
        members: { at: '/paymentIds', kinds: ['payment'] },
        authorisations: [{ purpose: 'authorisation', parameter: 'authorisationId', start: expect.any(String) }],
      },
    ])
    const scopes = Object.fromEntries(operations.map(({ id, scope }) => [id, scope]))
    expect(scopes).toMatchObject({ 'post-v1-funds-confirmations': 'PIIS:{Consent-ID}' })
    expect(operations.find(({ path: at }) => at === `${baskets}/{basketId}`)?.scope).toBeNull()
  })

  it('leaves a flow for tokens that the document has, and what only looks alike', () => {
    const flows = {
      authorizationCode: { authorizationUrl: 'https://a.example', tokenUrl: 'https://a.example', scopes: {} },
    }
    const own = smallDocument({
      components: { securitySchemes: { login: { type: 'oauth2', flows } } },
      security: [{ login: [] }],
      paths: paymentPaths('payments', 'sepa'),
    })
    expect(imported(own).bank.profile).toMatchObject({ access: { flow: 'bearer' }, resources: [{ kind: 'payment' }] })
    const alike = smallDocument({
      paths: {
        '/shop/payments/{method}': { parameters: [path('method')], post: call('201', { receipt: text }) },
        '/shop/payments/{method}/{number}': { parameters: [path('method'), path('number')], get: call('200', {}) },
        '/v1/consents': { post: call('201', { consentId: text }) },
      },
    })
    expect(imported(alike).bank.profile.resources).toBeUndefined()
  })
})
