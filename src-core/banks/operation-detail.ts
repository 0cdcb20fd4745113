/** One operation as a form needs it: parameters with their limits, body with example and schema, where it is offered. */
import type { OperationDetail, OperationView, ParameterView } from '#shared/contract/banks.ts'
import { headersOfSigning } from '#shared/signing-profile.ts'
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
  { name, wireName, in: place, required, description, schema, ...rest }: OperationParameter,
): ParameterView {
  const signed = place === 'header' && headersOfSigning(bank.profile.signing).includes(name.toLowerCase())
  const computed = bank.headers.find((header) => place === 'header' && header.name.toLowerCase() === name.toLowerCase())
  const example = rest.example ?? schema.default
  return {
    name,
    wireName,
    in: place,
    required,
    description,
    type: typeOf(schema),
    enum: Array.isArray(schema.enum) ? schema.enum.map(textOf) : [],
    pattern: typeof schema.pattern === 'string' ? schema.pattern : null,
    minimum: numberOf(schema.minimum),
    maximum: numberOf(schema.maximum),
    minLength: numberOf(schema.minLength),
    maxLength: numberOf(schema.maxLength),
    example: example === undefined || example === null ? null : textOf(example),
    computed: computed?.reason ?? (signed ? 'Made when the request is signed, over exactly what is sent.' : null),
    value: rest.value,
    source: rest.source,
    assumption: rest.assumption,
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
    examples: body.contentType.includes('json')
      ? (body.examples ?? []).map(({ name, summary, value }) => ({
          name,
          summary,
          text: JSON.stringify(value, null, 2),
        }))
      : [],
  }
}

export function operationDetail(bank: Bank, operation: Operation, view: OperationView): OperationDetail {
  const { host, responses } = operation
  return {
    ...view,
    host,
    clientCertificate: bank.profile.hosts[host]?.clientCertificate === 'QWAC',
    signed: bank.signs(operation),
    parameters: operation.parameters.map((parameter) => parameterView(bank, parameter)),
    body: bodyDetail(bank, operation),
    responses: [...responses],
    rules: (bank.profile.rules ?? []).filter(({ operations }) => operations.includes(operation.id)),
  }
}
