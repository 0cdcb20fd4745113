/** ICA Banken's folder against the requirements it was written from: nothing missing, nothing invented, nothing that points nowhere. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { bankProfileSchema, errorRowSchema, operationExtensionSchema } from '#shared/bank-profile.ts'

type Json = null | boolean | number | string | Json[] | JsonObject
interface JsonObject {
  [key: string]: Json
}

interface RequiredParameter {
  name: string
  required: boolean
  type: string
  enum?: string[]
  workbenchPlaceholderEnum?: string[]
  pattern?: string
  minimum?: number
  maximum?: number
  source?: string
}
interface RequiredField {
  name: string
  type: string
  required: boolean
  enum?: string[]
  pattern?: string
  maxLength?: number
  minItems?: number
  source?: string
  fields?: RequiredField[]
}
interface RequiredOperation {
  id: string
  method: string
  path: string
  host?: string
  auth: { mtls: { required: boolean }; oauth: { required: boolean; scope?: string } }
  availability?: { sandbox: boolean; production: boolean }
  pathParams: RequiredParameter[]
  queryParams: (RequiredParameter & { variants?: { scope: string }[] })[]
  headerParams: RequiredParameter[]
  requestBody: { contentType: string; fields: RequiredField[] } | null
  responses: { status: number; source: string; fields?: RequiredField[]; enum?: string[]; bodyExample?: Json }[]
  errors: { http: number; ref: string }[]
}
interface RequiredError {
  id: string
  area: string
  http: number
  code: string
  title: string
  detail: string
  likelyCause: string
  howToFix: string
  operations: string[]
  duplicateOf?: string
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const requiredOperations: RequiredOperation[] = JSON.parse(read('../../test/fixtures/operations.ica-banken.json'))
const requiredErrors: RequiredError[] = JSON.parse(read('../../test/fixtures/error-reference.ica-banken.json'))
const openapi: JsonObject = parse(read('./ica-banken/openapi.yaml'))
const journeys: JsonObject = parse(read('./ica-banken/journeys.yaml'))
const bank = bankProfileSchema.parse(parse(read('./ica-banken/bank.yaml')))
const rows = z.array(errorRowSchema).parse(parse(read('./ica-banken/errors.yaml')))

const object = (value: Json | undefined): JsonObject => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Error(`not an object: ${JSON.stringify(value)}`)
  }
  return value
}
const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.map(object) : [])
const text = (value: Json | undefined): string => {
  if (typeof value !== 'string') {
    throw new Error(`not a string: ${JSON.stringify(value)}`)
  }
  return value
}
const strings = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(text) : [])

const lookUp = (document: JsonObject, reference: string): Json | undefined =>
  reference
    .replace(/^#\//, '')
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((at, part) => (at === undefined ? at : object(at)[part]), document)

/** The object itself, or what its `$ref` names with the keys beside the `$ref` on top. */
const resolve = (value: Json | undefined): JsonObject => {
  const { $ref, ...beside } = object(value)
  return typeof $ref === 'string' ? { ...resolve(lookUp(openapi, $ref)), ...beside } : beside
}

const walk = (value: Json, visit: (at: JsonObject, pointer: string) => void, pointer = '#'): void => {
  if (value === null || typeof value !== 'object') {
    return
  }
  if (!Array.isArray(value)) {
    visit(value, pointer)
  }
  for (const [key, inner] of Object.entries(value)) {
    walk(inner, visit, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}

/** One OpenAPI operation with the ids it stands for: several where `x-tpp-operations` names them. */
interface PrintedOperation {
  operationId: string
  ids: string[]
  method: string
  path: string
  servers: string[]
  operation: JsonObject
  extension: z.infer<typeof operationExtensionSchema>
}
const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace']
const printed: PrintedOperation[] = Object.entries(object(openapi.paths)).flatMap(([path, item]) =>
  Object.entries(object(item))
    .filter(([method]) => methods.includes(method))
    .map(([method, value]) => {
      const operation = object(value)
      const extension = operationExtensionSchema.parse(operation)
      const operationId = text(operation.operationId)
      return {
        operationId,
        ids: extension['x-tpp-operations']?.map(({ id }) => id) ?? [operationId],
        method: method.toUpperCase(),
        path,
        servers: objects(operation.servers ?? object(item).servers).map(({ url }) => text(url)),
        operation,
        extension,
      }
    }),
)
const operationIds = printed.flatMap(({ ids }) => ids)
const requiredOf = (ids: string[]) => requiredOperations.filter(({ id }) => ids.includes(id))
const byOperation = printed.map((entry): [string, PrintedOperation, RequiredOperation[]] => [
  entry.operationId,
  entry,
  requiredOf(entry.ids),
])

/** The type of a schema in the notation of the requirements. */
const notation = (value: Json | undefined): string => {
  const schema = resolve(value)
  if (Array.isArray(schema.anyOf) && schema.type === undefined) {
    return schema.anyOf.map(notation).join('|')
  }
  if (schema.type === 'array') {
    const items = resolve(schema.items)
    return `array<${text(items.type)}${items.format ? `(${text(items.format)})` : ''}>`
  }
  return text(schema.format ?? schema.type)
}

/** The requirements' word for a source as `x-tpp-source`. What comes from the bank's document has none; PKCE is implied by it. */
const sourceKeys: Record<string, string | undefined> = {
  seed: undefined,
  'seed-implied': 'seed-implied',
  'RFC 7636': 'seed-implied',
  'RFC 6749': 'rfc-6749',
  'berlin-group': 'berlin-group',
  'workbench-assumption': 'workbench-assumption',
}
const sourceKey = (source = 'seed') => {
  if (!(source in sourceKeys)) {
    throw new Error(`a source without a key: ${source}`)
  }
  return sourceKeys[source]
}

const limits = (schema: JsonObject) => ({
  enum: schema.enum,
  pattern: schema.pattern,
  minimum: schema.minimum,
  maximum: schema.maximum,
  maxLength: schema.maxLength,
  minItems: schema.minItems,
})

const printedFields = (value: Json | undefined): object[] => {
  const schema = resolve(value)
  return Object.entries(object(schema.properties ?? {})).map(([name, property]) => {
    const resolved = resolve(property)
    return {
      name,
      required: strings(schema.required).includes(name),
      type: notation(property),
      ...limits(resolved),
      source: resolved['x-tpp-source'],
      fields: resolved.properties === undefined ? undefined : printedFields(property),
    }
  })
}

const requiredFields = (fields: RequiredField[], printedBeside: object[]): object[] =>
  fields.map((field) => {
    const beside = printedBeside.find((candidate) => 'name' in candidate && candidate.name === field.name)
    const fieldsBeside = beside && 'fields' in beside ? (beside.fields as object[] | undefined) : undefined
    // Listed as a mandatory form parameter, but it is the certificate of the TLS handshake: declared, never required.
    const handshake = field.name === 'mtls_certificate'
    return {
      name: field.name,
      required: field.required && !handshake,
      type: handshake ? 'string' : field.type,
      ...limits({}),
      ...(field.enum && { enum: field.enum }),
      ...(field.pattern && { pattern: field.pattern }),
      ...(field.maxLength && { maxLength: field.maxLength }),
      ...(field.minItems && { minItems: field.minItems }),
      source: handshake ? 'seed-corrected' : sourceKey(field.source),
      // The requirements name some objects without their fields; there the folder may say more.
      fields: field.fields ? requiredFields(field.fields, fieldsBeside ?? []) : fieldsBeside,
    }
  })

const sorted = <Entry extends object>(entries: Entry[]) =>
  entries.toSorted((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)))
const unique = <Entry>(entries: Entry[]) => [...new Set(entries)]

/** Header parameters OpenAPI has no place for: they are security and content there. */
const carriedElsewhere = ['Authorization', 'Content-Type', 'Accept']

const bodySchema = (entry: PrintedOperation, id: string): Json | undefined => {
  if (entry.operation.requestBody === undefined) {
    return undefined
  }
  const content = Object.values(object(resolve(entry.operation.requestBody).content))
  expect(content).toHaveLength(1)
  const schema = object(content[0]).schema
  const when = entry.extension['x-tpp-operations']?.find((candidate) => candidate.id === id)?.when
  if (!when) {
    return schema
  }
  const fitting = objects(resolve(schema).oneOf).filter((alternative) =>
    Object.entries(when).every(([field, value]) =>
      strings(resolve(object(resolve(alternative).properties)[field]).enum).includes(value),
    ),
  )
  expect(fitting).toHaveLength(1)
  return fitting[0]
}

const responseOf = (entry: PrintedOperation, status: number | string) =>
  resolve(object(entry.operation.responses)[String(status)])
const contentOf = (entry: PrintedOperation, status: number | string) => object(responseOf(entry, status).content ?? {})

const schemas = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void
addFormats(schemas)
schemas.addSchema(openapi, 'openapi.yaml')
const mistakes = (pointer: string, value: Json): string[] => {
  const validate = schemas.getSchema(`openapi.yaml${pointer}`)
  if (!validate) {
    throw new Error(`no schema at ${pointer}`)
  }
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

describe('operations', () => {
  it('are the 22 that are required, each once', () => {
    expect(operationIds.toSorted()).toEqual(requiredOperations.map(({ id }) => id).toSorted())
    expect(operationIds).toHaveLength(22)
  })

  it.each(byOperation)('%s has method and path as printed', (_, entry, required) => {
    expect(required.map(({ method, path }) => `${method} ${path}`)).toEqual(
      entry.ids.map(() => `${entry.method} ${entry.path}`),
    )
  })

  it.each(byOperation)('%s has exactly the parameters that are required', (_, entry, required) => {
    const expected = required.flatMap(({ pathParams, queryParams, headerParams }) =>
      [
        ...pathParams.map((parameter) => ({ in: 'path', ...parameter })),
        ...queryParams.map((parameter) => ({ in: 'query', ...parameter })),
        ...headerParams.map((parameter) => ({ in: 'header', ...parameter })),
      ]
        .filter(({ name }) => !carriedElsewhere.includes(name))
        .map((parameter) => ({
          name: parameter.name,
          in: parameter.in,
          required: parameter.required,
          type: parameter.type,
          ...limits({}),
          ...((parameter.enum ?? parameter.workbenchPlaceholderEnum) && {
            enum: parameter.enum ?? parameter.workbenchPlaceholderEnum,
          }),
          ...(parameter.pattern && { pattern: parameter.pattern }),
          ...(parameter.minimum !== undefined && { minimum: parameter.minimum }),
          ...(parameter.maximum !== undefined && { maximum: parameter.maximum }),
          source:
            parameter.workbenchPlaceholderEnum !== undefined
              ? 'workbench-assumption'
              : parameter.name === 'basketId'
                ? 'seed-corrected'
                : sourceKey(parameter.source),
        })),
    )
    const actual = objects(entry.operation.parameters).map((reference) => {
      const parameter = resolve(reference)
      return {
        name: parameter.name,
        in: parameter.in,
        required: parameter.required,
        type: notation(parameter.schema),
        ...limits(resolve(parameter.schema)),
        source: parameter['x-tpp-source'],
      }
    })
    expect(sorted(actual)).toEqual(sorted(expected))
  })

  it.each(byOperation)('%s has exactly the request fields that are required', (_, entry, required) => {
    for (const operation of required) {
      const schema = bodySchema(entry, operation.id)
      const actual = schema === undefined ? [] : printedFields(schema)
      expect(sorted(actual)).toEqual(sorted(requiredFields(operation.requestBody?.fields ?? [], actual)))
    }
  })

  it.each(byOperation)('%s has the content type that is required', (_, entry, required) => {
    for (const { requestBody } of required) {
      const types =
        entry.operation.requestBody === undefined
          ? []
          : Object.keys(object(resolve(entry.operation.requestBody).content))
      expect(types).toEqual(requestBody && requestBody.fields.length > 0 ? [requestBody.contentType] : [])
    }
  })

  it.each(byOperation)('%s answers with the required statuses', (id, entry, required) => {
    // RFC 6749 keeps a wrong client or callback on a page of the bank; the requirements do not list it.
    const beyond = id === 'ica-oauth-authorize' ? [400] : []
    const expected = unique([
      ...required.flatMap(({ responses, errors }) => [
        ...responses.map(({ status }) => status),
        ...errors.map(({ http }) => http),
      ]),
      ...beyond,
    ])
    expect(Object.keys(object(entry.operation.responses)).toSorted()).toEqual(expected.map(String).toSorted())
  })

  it.each(byOperation)('%s describes its answers as required', (_, entry, required) => {
    for (const { status, source, fields, enum: values, bodyExample } of required.flatMap(
      ({ responses }) => responses,
    )) {
      expect(responseOf(entry, status)['x-tpp-source']).toBe(sourceKey(source))
      const json = contentOf(entry, status)['application/json']
      if (fields) {
        expect(sorted(printedFields(object(json).schema))).toEqual(sorted(requiredFields(fields, [])))
      }
      if (values) {
        const status = object(resolve(object(json).schema).properties).transactionStatus
        expect(resolve(status).enum).toEqual(values)
      }
      if (bodyExample !== undefined && json !== undefined) {
        const pointer = object(object(json).schema).$ref
        expect(mistakes(text(pointer), bodyExample)).toEqual([])
      }
    }
  })

  it.each(byOperation)('%s asks for certificate and scope as required', (_, entry, required) => {
    const alternatives = objects(entry.operation.security)
    expect(Array.isArray(entry.operation.security)).toBe(true)
    for (const { auth } of required) {
      const scope = entry.extension['x-tpp-scope']
      expect(scope?.replace(/\{(\w+)\}/, '<$1>')).toBe(auth.oauth.scope)
      expect(strings(alternatives[0]?.oauth2)).toEqual(scope ? [scope.replace(/\{\w+\}/, '<id>')] : [])
      expect(alternatives.length > 0 && alternatives.every((entry) => 'mutualTLS' in entry)).toBe(auth.mtls.required)
      expect(bank.hosts[entry.extension['x-tpp-host']]?.clientCertificate).toBe(auth.mtls.required ? 'QWAC' : 'none')
    }
  })

  it.each(byOperation)('%s lives on the host that is printed', (_, entry, required) => {
    const production = bank.environments.find(({ kind }) => kind === 'production')
    for (const { host } of required) {
      expect(production?.urls[entry.extension['x-tpp-host']]).toBe(host ?? '')
      expect(entry.servers).toEqual(host ? [host] : [])
    }
  })

  it('are offered where the document says so', () => {
    const limited = printed.filter(({ extension }) => extension['x-tpp-availability'])
    expect(limited.map(({ operationId }) => operationId)).toEqual(
      requiredOperations.filter(({ availability }) => availability).map(({ id }) => id),
    )
    for (const { operationId, extension } of limited) {
      const required = requiredOperations.find(({ id }) => id === operationId)?.availability
      expect(extension['x-tpp-availability']).toMatchObject({
        production: required?.production,
        'bank-sandbox': required?.sandbox,
        'local-sandbox': 'simulated',
      })
    }
  })

  it('are each under one tag that is described', () => {
    const tags = objects(openapi.tags).map(({ name }) => text(name))
    expect(unique(printed.flatMap(({ operation }) => strings(operation.tags))).toSorted()).toEqual(tags.toSorted())
    expect(printed.every(({ operation }) => strings(operation.tags).length === 1)).toBe(true)
  })

  it('never declare a header OpenAPI ignores', () => {
    const ignored: string[] = []
    walk(openapi, (at, pointer) => {
      if (at.in === 'header' && carriedElsewhere.includes(text(at.name))) {
        ignored.push(pointer)
      }
    })
    expect(ignored).toEqual([])
  })
})

describe('scopes', () => {
  it('are the same in the authorisation, the security scheme and the profile', () => {
    const variants = requiredOperations
      .flatMap(({ queryParams }) => queryParams)
      .flatMap(({ variants }) => variants ?? [])
      .map(({ scope }) => scope)
    const scheme = object(lookUp(openapi, '#/components/securitySchemes/oauth2/flows/authorizationCode/scopes'))
    const profile = bank.access?.scopes.map(({ scope }) => scope.replace(/\{\w+\}/, '<id>'))
    expect(Object.keys(scheme)).toEqual(variants)
    expect(profile).toEqual(variants)
  })

  it('of the operations are those of the profile', () => {
    const used = unique(printed.flatMap(({ extension }) => extension['x-tpp-scope'] ?? []))
    expect(used.toSorted()).toEqual(bank.access?.scopes.map(({ scope }) => scope).toSorted())
  })

  it('take their ids from path parameters of the operation', () => {
    for (const { path, extension } of printed) {
      for (const [placeholder] of extension['x-tpp-scope']?.matchAll(/\{\w+\}/g) ?? []) {
        expect(path).toContain(placeholder)
      }
    }
  })
})

describe('document', () => {
  it('refers only to what exists', () => {
    const lost: string[] = []
    for (const document of [openapi, journeys]) {
      walk(document, (at, pointer) => {
        if (typeof at.$ref === 'string' && lookUp(document, at.$ref) === undefined) {
          lost.push(`${pointer}: ${at.$ref}`)
        }
      })
    }
    expect(lost).toEqual([])
  })

  it('has examples that fit their schemas', () => {
    const wrong: string[] = []
    let checked = 0
    const check = (pointer: string, value: Json, name: string) => {
      checked += 1
      wrong.push(...mistakes(pointer, value).map((mistake) => `${name}: ${mistake}`))
    }
    walk(openapi, (at, pointer) => {
      if (at.schema !== undefined && at.example !== undefined) {
        check(`${pointer}/schema`, at.example, pointer)
      }
      if (at.schema !== undefined && at.examples !== undefined) {
        for (const [name, example] of Object.entries(object(at.examples))) {
          check(`${pointer}/schema`, object(example).value ?? null, `${pointer} ${name}`)
        }
      }
      if (at.type !== undefined && Array.isArray(at.examples)) {
        for (const example of at.examples) {
          check(pointer, example, pointer)
        }
      }
    })
    expect(wrong).toEqual([])
    expect(checked).toBeGreaterThan(60)
  })

  it('has an example for every JSON body', () => {
    const without: string[] = []
    walk(openapi, (at, pointer) => {
      if (
        /application~1(problem\+)?json$|urlencoded$/.test(pointer) &&
        Object.keys(object(at.examples ?? {})).length < 1
      ) {
        without.push(pointer)
      }
    })
    expect(without).toEqual([])
  })

  it('names sources by the agreed words', () => {
    const words = ['berlin-group', 'workbench-assumption', 'rfc-6749', 'seed-implied', 'seed-corrected']
    walk(openapi, (at) => {
      if (at['x-tpp-source'] !== undefined) {
        expect(words).toContain(at['x-tpp-source'])
      }
    })
  })
})

describe('profile', () => {
  it('mentions only operations that exist', () => {
    const mentioned = [
      bank.registration?.operation,
      bank.access?.authorize,
      bank.access?.token,
      bank.access?.refresh,
      ...bank.assumptions.flatMap(({ operations }) => operations),
    ].filter((id) => id !== undefined && id !== 'all')
    expect(mentioned.filter((id) => !operationIds.includes(String(id)))).toEqual([])
  })

  it('names the hosts of the operations, and every host in every environment with URLs', () => {
    const hosts = Object.keys(bank.hosts).toSorted()
    expect(unique(printed.map(({ extension }) => extension['x-tpp-host'])).toSorted()).toEqual(hosts)
    for (const { kind, urls } of bank.environments) {
      expect(Object.keys(urls).toSorted()).toEqual(kind === 'local-sandbox' ? [] : hosts)
    }
  })

  it('has the lifetimes, statuses and limits of the document', () => {
    expect(bank.access?.lifetimes).toEqual({ code: 30, accessToken: 600, refreshToken: 90 * 24 * 60 * 60 })
    expect(bank.access?.refreshToken).toBe('rotates')
    const codes = strings(object(lookUp(openapi, '#/components/schemas/TransactionStatus')).enum)
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
    const authorise = printed.find(({ operationId }) => operationId === bank.access?.authorize)
    const parameters = objects(authorise?.operation.parameters).map(resolve)
    for (const { name, pattern, secret } of bank.access?.customerParameters ?? []) {
      const schema = parameters.find((parameter) => parameter.name === name)?.schema
      expect(resolve(schema).pattern).toBe(pattern)
      expect(secret).toBe(true)
    }
  })

  it('fills exactly the fields of the registration', () => {
    const registration = object(lookUp(openapi, '#/components/schemas/ClientRegistration'))
    expect(Object.keys(bank.registration?.body ?? {})).toEqual(strings(registration.required))
    expect(rows.map(({ id }) => id)).toContain(bank.registration?.alreadyRegistered)
  })

  it('has assumptions with ids of their own', () => {
    const ids = bank.assumptions.map(({ id }) => id)
    expect(unique(ids)).toEqual(ids)
  })
})

describe('errors', () => {
  it('are the 44 rows of the table, in its order and words', () => {
    const verbatim = ({ id, area, http, code, title, detail, duplicateOf }: (typeof rows)[number] | RequiredError) => ({
      id,
      area,
      http,
      code,
      title,
      detail,
      duplicateOf,
    })
    expect(rows.map(verbatim)).toEqual(requiredErrors.map(verbatim))
    expect(rows).toHaveLength(44)
  })

  it('belong to the operations that are required', () => {
    for (const row of rows) {
      const required = requiredErrors.find(({ id }) => id === row.id)
      expect(row.operations.toSorted()).toEqual(required?.operations.toSorted())
    }
  })

  it.each(byOperation)('of %s are the rows that are required for it', (_, entry, required) => {
    for (const id of entry.ids) {
      const listed = rows.filter(({ operations }) => operations.includes(id)).map((row) => row.id)
      const expected = required.find((operation) => operation.id === id)?.errors.map(({ ref }) => ref) ?? []
      expect(listed.toSorted()).toEqual(expected.toSorted())
    }
  })

  it.each(byOperation)('of %s are problem answers, and every problem answer has a row', (_, entry) => {
    const documented = rows.filter(({ operations }) => operations.some((id) => entry.ids.includes(id)))
    const problems = Object.keys(object(entry.operation.responses)).filter(
      (status) => contentOf(entry, status)['application/problem+json'] !== undefined,
    )
    expect(problems.toSorted()).toEqual(unique(documented.map(({ http }) => String(http))).toSorted())
    for (const { http, title, code, detail } of documented) {
      const schema = object(object(contentOf(entry, http)['application/problem+json']).schema)
      expect(mistakes(text(schema.$ref), { title, code, detail })).toEqual([])
    }
  })

  it('in examples are rows of the table', () => {
    const known = rows.map(({ title, code, detail }) => JSON.stringify({ title, code, detail }))
    const unknown: string[] = []
    walk(openapi, (at, pointer) => {
      if (pointer.endsWith('application~1problem+json')) {
        for (const example of Object.values(object(at.examples))) {
          const { title, code, detail } = object(object(example).value)
          const row = JSON.stringify({ title, code, detail: text(detail).replace('PSDSE-FINA-00001', '<<oid>>') })
          unknown.push(...(known.includes(row) ? [] : [`${pointer} ${row}`]))
        }
      }
    })
    expect(unknown).toEqual([])
  })

  it('mention only operations and rows that exist, and are shown by an operation of theirs', () => {
    const ids = rows.map(({ id }) => id)
    for (const row of rows) {
      expect(row.operations.filter((id) => !operationIds.includes(id))).toEqual([])
      expect(row.operations).toContain(row.reproduce.operation)
      if (row.duplicateOf !== undefined) {
        expect(ids).toContain(row.duplicateOf)
      }
    }
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

describe('journeys', () => {
  const workflows = objects(journeys.workflows).map((workflow): [string, JsonObject] => [
    text(workflow.workflowId),
    workflow,
  ])

  it('are those from onboarding to recurring payments', () => {
    expect(workflows.map(([id]) => id)).toEqual(['ICA-J1', 'ICA-J2', 'ICA-J3', 'ICA-J4', 'ICA-J5', 'ICA-J6'])
  })

  it.each(workflows)('%s calls operations with their parameters and fields', (_, workflow) => {
    for (const step of objects(workflow.steps)) {
      const entry = printed.find(({ operationId }) => operationId === step.operationId)
      expect(entry, text(step.operationId)).toBeDefined()
      if (!entry) {
        continue
      }
      const parameters = objects(entry.operation.parameters).map(resolve)
      const given = objects(step.parameters).map((parameter) => `${text(parameter.in)} ${text(parameter.name)}`)
      const authorization = entry.extension['x-tpp-scope'] ? ['header Authorization'] : []
      const allowed = [
        ...parameters.map((parameter) => `${text(parameter.in)} ${text(parameter.name)}`),
        ...authorization,
      ]
      const needed = parameters.filter(({ required }) => required).map((each) => `${text(each.in)} ${text(each.name)}`)
      expect(given.filter((name) => !allowed.includes(name))).toEqual([])
      expect([...needed, ...authorization].filter((name) => !given.includes(name))).toEqual([])
      expect('x-tpp-browser' in step).toBe(bank.hosts[entry.extension['x-tpp-host']]?.browser)
      const payload = object(step.requestBody ?? {}).payload
      const grant = payload === undefined ? undefined : object(payload).grant_type
      const alternatives = entry.extension['x-tpp-operations']
      const id = alternatives ? alternatives.find(({ when }) => when.grant_type === grant)?.id : entry.operationId
      const body = bodySchema(entry, String(id))
      const fields = body === undefined ? {} : object(resolve(body).properties)
      const names = Object.keys(object(payload ?? {}))
      expect(names.filter((name) => !(name in fields))).toEqual([])
      expect(strings(body === undefined ? [] : resolve(body).required).filter((name) => !names.includes(name))).toEqual(
        [],
      )
    }
  })

  it.each(workflows)('%s uses values only where they come from', (id, workflow) => {
    const inputs = object(object(lookUp(journeys, `#/components/inputs/${id}`)).properties)
    const steps = objects(workflow.steps)
    const known = new Set(Object.keys(inputs).map((name) => `$inputs.${name}`))
    const unknown: string[] = []
    const use = (value: Json) => {
      for (const [expression] of JSON.stringify(value).matchAll(/\$(inputs|steps)\.[\w.-]+/g)) {
        unknown.push(...(known.has(expression) ? [] : [expression]))
      }
    }
    for (const step of steps) {
      for (const name of Object.keys(object(step.outputs ?? {}))) {
        known.add(`$steps.${text(step.stepId)}.outputs.${name}`)
      }
      use(step)
      for (const action of [...objects(step.onSuccess), ...objects(step.onFailure)]) {
        if (action.type === 'goto') {
          expect(steps.map(({ stepId }) => stepId)).toContain(action.stepId)
        }
      }
    }
    use(workflow.outputs ?? {})
    expect(unknown).toEqual([])
    expect(Object.keys(inputs).filter((name) => !JSON.stringify(workflow).includes(`$inputs.${name}`))).toEqual([])
  })
})
