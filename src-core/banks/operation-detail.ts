/** One operation as a form needs it: parameters with their limits, body with example and schema, where it is offered. */
import type { OperationDetail, OperationView, ParameterView } from '#shared/contract/banks.ts'
import type { Bank, JsonSchema, Operation, OperationParameter } from './bank.ts'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

function typeOf(schema: JsonSchema): string {
  const type = [schema.type].flat().find((each): each is string => typeof each === 'string' && each !== 'null')
  const format = typeof schema.format === 'string' ? ` (${schema.format})` : ''
  return `${type ?? 'string'}${format}`
}

function parameterView(
  bank: Bank,
  { name, in: place, required, description, schema }: OperationParameter,
): ParameterView {
  const computed = bank.profile.headers.find(
    (header) => place === 'header' && header.name.toLowerCase() === name.toLowerCase(),
  )
  const example = [schema.example, [schema.examples].flat()[0], schema.default].find((each) => each !== undefined)
  return {
    name,
    in: place,
    required,
    description,
    type: typeOf(schema),
    enum: Array.isArray(schema.enum) ? schema.enum.map(textOf) : [],
    pattern: typeof schema.pattern === 'string' ? schema.pattern : null,
    minimum: numberOf(schema.minimum),
    maximum: numberOf(schema.maximum),
    example: example === undefined ? null : textOf(example),
    computed: computed?.reason ?? null,
  }
}

const formText = (example: unknown): string => new URLSearchParams(example as Record<string, string>).toString()

function exampleText(operation: Operation): string | null {
  const { body } = operation
  if (body === null || body.example === null) return null
  return body.contentType.includes('json') ? JSON.stringify(body.example, null, 2) : formText(body.example)
}

/** The schemas a body refers to travel with it, so that whoever gets it needs nothing else. */
function bodyDetail(bank: Bank, operation: Operation): OperationDetail['body'] {
  const { body } = operation
  if (body === null) return null
  const schema = { ...body.schema, components: { schemas: bank.components.schemas ?? {} } }
  return {
    required: body.required,
    contentType: body.contentType,
    example: exampleText(operation),
    schema: schema as never,
  }
}

export function operationDetail(bank: Bank, operation: Operation, view: OperationView): OperationDetail {
  const { availability, host } = operation
  const refused = (kind: 'production' | 'bank-sandbox') =>
    availability !== null && !availability[kind] ? availability.reason : null
  return {
    ...view,
    description: operation.description,
    host,
    clientCertificate: bank.profile.hosts[host]?.clientCertificate === 'QWAC',
    browser: bank.profile.hosts[host]?.browser ?? false,
    scope: operation.scope,
    parameters: operation.parameters.map((parameter) => parameterView(bank, parameter)),
    body: bodyDetail(bank, operation),
    notOffered: { production: refused('production'), 'bank-sandbox': refused('bank-sandbox'), 'local-sandbox': null },
    simulated: availability?.['local-sandbox'] === 'simulated',
    errors: bank.errors.filter((row) => row.operations.includes(operation.id)).map((row) => row.id),
  }
}
