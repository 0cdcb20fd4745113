/** What is special to ICA Banken's folder: hosts and scopes of its OAuth, its problem answers, its limits, its registration. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import {
  followed,
  type Json,
  type JsonObject,
  objectOf,
  objectsOf,
  textOf,
  textsOf,
  valueAt,
  walk,
} from '#core/banks/check/json-document.ts'
import { bankProfileSchema, operationExtensionSchema } from '#shared/bank-profile.ts'
import { errorRowSchema } from '#shared/error-row.ts'

const requiredSchema = z.object({
  id: z.string(),
  host: z.string().optional(),
  auth: z.object({
    mtls: z.object({ required: z.boolean() }),
    oauth: z.object({ scope: z.string().optional() }),
  }),
  availability: z.object({ sandbox: z.boolean(), production: z.boolean() }).optional(),
  queryParams: z.array(z.object({ variants: z.array(z.object({ scope: z.string() })).optional() })),
})

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const required = z.array(requiredSchema).parse(JSON.parse(read('../../test/fixtures/operations.ica-banken.json')))
const openapi: JsonObject = parse(read('./ica-banken/openapi.yaml'))
const journeys: JsonObject = parse(read('./ica-banken/journeys.yaml'))
const bank = bankProfileSchema.parse(parse(read('./ica-banken/bank.yaml')))
const rows = z.array(errorRowSchema).parse(parse(read('./ica-banken/errors.yaml')))
const access = bank.access?.flow === 'oauth-code' ? bank.access : undefined

/** One OpenAPI operation with the ids it stands for: several where `x-tpp-operations` names them. */
const printed = Object.entries(objectOf(openapi.paths)).flatMap(([path, item]) =>
  Object.values(objectOf(item))
    .map(objectOf)
    .filter((operation) => operation.operationId !== undefined)
    .map((operation) => {
      const extension = operationExtensionSchema.parse(operation)
      const operationId = textOf(operation.operationId) ?? ''
      const ids = extension['x-tpp-operations']?.map(({ id }) => id) ?? [operationId]
      const servers = objectsOf(operation.servers ?? objectOf(item).servers).map(({ url }) => url)
      return { operationId, ids, path, servers, operation, extension }
    }),
)
type Printed = (typeof printed)[number]
const byOperation = printed.map((entry): [string, Printed] => [entry.operationId, entry])
const requiredOf = ({ ids }: Printed) => required.filter(({ id }) => ids.includes(id))

const contentOf = ({ operation }: Printed, status: number | string): JsonObject =>
  objectOf(followed(openapi, objectOf(operation.responses)[String(status)]).content)
const problemJson = 'application/problem+json'

describe('the hosts and scopes', () => {
  it.each(byOperation)('%s asks for certificate and scope as required', (_, entry) => {
    const alternatives = objectsOf(entry.operation.security)
    expect(Array.isArray(entry.operation.security)).toBe(true)
    for (const { auth } of requiredOf(entry)) {
      const scope = entry.extension['x-tpp-scope']
      expect(scope?.replace(/\{(\w+)\}/, '<$1>')).toBe(auth.oauth.scope)
      expect(textsOf(alternatives[0]?.oauth2)).toEqual(scope ? [scope.replace(/\{\w+\}/, '<id>')] : [])
      expect(alternatives.length > 0 && alternatives.every((each) => 'mutualTLS' in each)).toBe(auth.mtls.required)
      expect(bank.hosts[entry.extension['x-tpp-host']]?.clientCertificate).toBe(auth.mtls.required ? 'QWAC' : 'none')
    }
  })

  it.each(byOperation)('%s lives on the host that is printed', (_, entry) => {
    const production = bank.environments.find(({ kind }) => kind === 'production')
    for (const { host } of requiredOf(entry)) {
      expect(production?.urls[entry.extension['x-tpp-host']]).toBe(host ?? '')
      expect(entry.servers).toEqual(host ? [host] : [])
    }
  })

  it('has every host in every environment with URLs', () => {
    const hosts = Object.keys(bank.hosts).toSorted()
    expect([...new Set(printed.map(({ extension }) => extension['x-tpp-host']))].toSorted()).toEqual(hosts)
    for (const { kind, urls } of bank.environments) {
      expect(Object.keys(urls).toSorted()).toEqual(kind === 'local-sandbox' ? [] : hosts)
    }
  })

  it('has the same scopes in the authorisation, the security scheme, the profile and the operations', () => {
    const variants = required.flatMap(({ queryParams }) => queryParams).flatMap((each) => each.variants ?? [])
    const scopes = variants.map(({ scope }) => scope)
    const scheme = valueAt(openapi, '#/components/securitySchemes/oauth2/flows/authorizationCode/scopes')
    expect(Object.keys(objectOf(scheme))).toEqual(scopes)
    expect(access?.scopes.map(({ scope }) => scope.replace(/\{\w+\}/, '<id>'))).toEqual(scopes)
    const used = new Set(printed.flatMap(({ extension }) => extension['x-tpp-scope'] ?? []))
    expect([...used].toSorted()).toEqual(access?.scopes.map(({ scope }) => scope).toSorted())
  })

  it('offers funds confirmation in its own sandbox only', () => {
    const limited = printed.filter(({ extension }) => extension['x-tpp-availability'])
    const expected = required.filter(({ availability }) => availability)
    expect(limited.map(({ operationId }) => operationId)).toEqual(expected.map(({ id }) => id))
    for (const [index, { extension }] of limited.entries()) {
      expect(extension['x-tpp-availability']).toMatchObject({
        production: expected[index]?.availability?.production,
        'bank-sandbox': expected[index]?.availability?.sandbox,
        'local-sandbox': 'simulated',
      })
    }
  })
})

describe('the profile', () => {
  it('has the lifetimes, statuses and limits of the document', () => {
    expect(access?.lifetimes).toEqual({ code: 30, accessToken: 600, refreshToken: 90 * 24 * 60 * 60 })
    expect(access?.refreshToken).toBe('rotates')
    const codes = textsOf(objectOf(valueAt(openapi, '#/components/schemas/TransactionStatus')).enum)
    expect(bank.statuses.payment?.map(({ code }) => code)).toEqual(codes)
    expect(bank.statuses.payment?.filter(({ final }) => final).map(({ code }) => code)).toEqual([
      'ACSC',
      'CANC',
      'RJCT',
    ])
    expect(bank.statuses.mandate?.filter(({ code }) => !codes.includes(code))).toEqual([])
    expect(bank.unattended).toEqual({ perDay: 4, presentHeader: 'PSU-IP-Address' })
  })

  it('asks for the customer as the authorisation does', () => {
    const authorise = printed.find(({ operationId }) => operationId === access?.authorize)
    const parameters = objectsOf(authorise?.operation.parameters).map((each) => followed(openapi, each))
    expect(access?.customerParameters).toHaveLength(1)
    for (const { name, pattern, secret } of access?.customerParameters ?? []) {
      const schema = parameters.find((parameter) => parameter.name === name)?.schema
      expect(followed(openapi, schema).pattern).toBe(pattern)
      expect(secret).toBe(true)
    }
  })

  it('fills exactly the fields of the registration', () => {
    const registration = objectOf(valueAt(openapi, '#/components/schemas/ClientRegistration'))
    expect(Object.keys(bank.registration?.body ?? {})).toEqual(textsOf(registration.required))
  })
})

describe('the errors', () => {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false })
  ajv.addSchema(openapi, 'openapi.yaml')

  it.each(byOperation)('of %s are problem answers, and every problem answer has a row', (_, entry) => {
    const documented = rows.filter(({ operations }) => operations.some((id) => entry.ids.includes(id)))
    const statuses = Object.keys(objectOf(entry.operation.responses))
    const problems = statuses.filter((status) => contentOf(entry, status)[problemJson] !== undefined)
    expect(problems.toSorted()).toEqual([...new Set(documented.map(({ http }) => String(http)))].toSorted())
    for (const { http, title, code, detail } of documented) {
      const schema = textOf(objectOf(objectOf(contentOf(entry, http)[problemJson]).schema).$ref)
      expect(ajv.validate(`openapi.yaml${schema}`, { title, code, detail }), `${http} ${detail}`).toBe(true)
    }
  })

  it('in examples are rows of the table', () => {
    const known = rows.map(({ title, code, detail }) => JSON.stringify({ title, code, detail }))
    const shown: string[] = []
    walk(openapi, (at, place) => {
      if (!place.endsWith('application~1problem+json')) return
      for (const example of Object.values(objectOf(at.examples))) {
        const { title, code, detail } = objectOf(objectOf(example).value)
        const printedDetail = textOf(detail)?.replace('PSDSE-FINA-00001', '<<oid>>') as Json
        shown.push(JSON.stringify({ title, code, detail: printedDetail }))
      }
    })
    expect(shown.filter((row) => !known.includes(row))).toEqual([])
    expect(shown.length).toBeGreaterThan(5)
  })

  it('are switches where the cause is inside the bank, each switch for one row', () => {
    const switches = rows.flatMap(({ reproduce }) => ('switch' in reproduce ? [reproduce.switch] : []))
    expect(switches).toEqual([
      'customer-validation',
      'no-personal-number',
      'account-system-timeout',
      'payment-system-down',
      'curity-registration',
      'gateway-registration',
      'registration-error',
      'registration-internal',
    ])
  })
})

it('has journeys from onboarding to recurring payments', () => {
  const ids = objectsOf(journeys.workflows).map(({ workflowId }) => workflowId)
  expect(ids).toEqual(['ICA-J1', 'ICA-J2', 'ICA-J3', 'ICA-J4', 'ICA-J5', 'ICA-J6'])
})
