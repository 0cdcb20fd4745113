/** Checks values against a bank's schemas and says, by JSON pointer, what does not fit. */
import type { ValidateFunction } from 'ajv'
import type { Bank, JsonSchema } from '../banks/bank.ts'

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
    const ajv = new Ajv2020({ strict: false, allErrors: true, meta: false, validateSchema: false })
    addFormats(ajv)
    return ajv.compile({ ...schema, components })
  }
}

function sentence(error: NonNullable<ValidateFunction['errors']>[number]): SchemaProblem {
  const parameters = error.params as Record<string, unknown>
  switch (error.keyword) {
    case 'required':
      return {
        pointer: `${error.instancePath}/${String(parameters.missingProperty)}`,
        message: 'is required and missing',
      }
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        pointer: `${error.instancePath}/${String(parameters.additionalProperty ?? parameters.unevaluatedProperty)}`,
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

/** Empty when the value fits. */
export async function checkSchema(bank: Bank, schema: JsonSchema, value: unknown): Promise<SchemaProblem[]> {
  let validate = compiled.get(schema)
  if (validate === undefined) {
    compiler ??= loadCompiler()
    validate = (await compiler)(bank.components)(schema)
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
