/** Checks values against a bank's schemas and says, by JSON pointer, what does not fit. */
import type { ValidateFunction } from 'ajv'
import { Fault } from '#shared/fault.ts'
import type { Bank, JsonSchema } from '../banks/bank.ts'
import { plainlyFits } from './plainly-fits.ts'

/** One thing that does not fit. `pointer` is an RFC 6901 JSON pointer, empty for the whole value. */
export interface SchemaProblem {
  readonly pointer: string
  readonly message: string
}

type Compile = (schema: JsonSchema) => ValidateFunction

let compiler: Promise<(components: JsonSchema) => Compile> | null = null
const compiled = new WeakMap<JsonSchema, ValidateFunction>()

// ajv is loaded with the first value to check: a call without parameters and body never pays for it.
async function loadCompiler(): Promise<(components: JsonSchema) => Compile> {
  const [{ Ajv2020 }, formats] = await Promise.all([import('ajv/dist/2020.js'), import('ajv-formats')])
  const addFormats = formats.default as unknown as (ajv: InstanceType<typeof Ajv2020>) => void
  return (components) => (schema) => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, meta: false, validateSchema: false, logger: false })
    addFormats(ajv)
    return ajv.compile({ ...schema, components })
  }
}

/** Pointer to a member (RFC 6901 section 3). */
const memberOf = (pointer: string, name: unknown): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`

function sentence(error: NonNullable<ValidateFunction['errors']>[number]): SchemaProblem {
  const parameters = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'required':
      return {
        pointer: memberOf(error.instancePath, parameters.missingProperty),
        message: 'is required and missing',
      }
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        pointer: memberOf(error.instancePath, parameters.additionalProperty ?? parameters.unevaluatedProperty),
        message: 'is not known here',
      }
    case 'enum':
      return {
        pointer: error.instancePath,
        message: `must be one of ${(parameters.allowedValues as unknown[]).join(', ')}`,
      }
    case 'const':
      return { pointer: error.instancePath, message: `must be ${JSON.stringify(parameters.allowedValue)}` }
    default:
      return { pointer: error.instancePath, message: error.message ?? error.keyword }
  }
}

async function compile(bank: Bank, schema: JsonSchema): Promise<ValidateFunction> {
  compiler ??= loadCompiler()
  const compileFor = (await compiler)(bank.components)
  try {
    return compileFor(schema)
  } catch (cause) {
    const message = `The folder of bank ${bank.id}: openapi.yaml: a schema cannot be used: ${(cause as Error).message}`
    throw new Fault('DATA_DAMAGED', message, { bank: bank.id, file: 'openapi.yaml' }, cause)
  }
}

/** Empty when the value fits. Throws DATA_DAMAGED for a schema that is none. */
export async function checkSchema(bank: Bank, schema: JsonSchema, value: unknown): Promise<SchemaProblem[]> {
  if (typeof value !== 'object' && plainlyFits(schema, value)) return []
  let validate = compiled.get(schema)
  if (validate === undefined) {
    validate = await compile(bank, schema)
    compiled.set(schema, validate)
  }
  if (validate(value)) return []
  // The branches of oneOf/anyOf report each on their own; the summary line says nothing a user can act on.
  const problems = (validate.errors ?? [])
    .filter((error) => !['oneOf', 'anyOf', 'if'].includes(error.keyword))
    .map(sentence)
  const unique = new Map(problems.map((problem) => [`${problem.pointer} ${problem.message}`, problem]))
  return unique.size > 0 ? [...unique.values()] : [{ pointer: '', message: 'does not fit the schema' }]
}
