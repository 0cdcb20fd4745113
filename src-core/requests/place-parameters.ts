/** Puts a draft's parameters where the operation wants them: path, query, headers. */
import type { Finding } from '#shared/contract/exchange.ts'
import type { Draft } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import { headersOfSigning } from '#shared/signing-profile.ts'
import type { Bank, Operation, OperationParameter } from '../banks/bank.ts'
import { checkSchema } from './check-schema.ts'

/** Parameters in place; `path` starts with a slash and is percent-encoded. */
export interface Placed {
  readonly path: string
  readonly query: string
  readonly headers: readonly (readonly [string, string])[]
  /** Values by the parameter's own name, for scopes. */
  readonly values: Readonly<Record<string, string>>
  readonly findings: readonly Finding[]
}

function findParameter(operation: Operation, name: string): OperationParameter {
  const exact = operation.parameters.find((parameter) => parameter.name === name || parameter.wireName === name)
  const alike = operation.parameters.find(
    (parameter) => parameter.in === 'header' && parameter.name.toLowerCase() === name.toLowerCase(),
  )
  const found = exact ?? alike
  if (found) return found
  const names = operation.parameters.map((parameter) => parameter.name)
  const near = nearest(name, names)
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : names.length > 0
        ? `It has ${names.join(', ')}.`
        : 'It has no parameters.'
  throw new Fault(
    'PARAMETER_UNKNOWN',
    `${operation.id} has no parameter "${name}". ${hint} Other headers go into --header.`,
    {
      operation: operation.id,
      parameter: name,
      near: near.length > 0 ? near : names,
    },
  )
}

/** Text as the type the schema asks for, so that "100" is an integer; text that is none stays text and fails the check. */
function coerce(text: string, schema: Record<string, unknown>): unknown {
  const types = [schema.type].flat()
  if (types.includes('integer') || types.includes('number')) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  if (types.includes('boolean')) return text === 'true' ? true : text === 'false' ? false : text
  return text
}

/** Whether the bank's header defaults or its signature fill it in. */
function hasDefault(bank: Bank, parameter: OperationParameter): boolean {
  const name = parameter.name.toLowerCase()
  if (parameter.in !== 'header') return false
  return (
    bank.headers.some((header) => header.name.toLowerCase() === name) ||
    headersOfSigning(bank.profile.signing).includes(name)
  )
}

/** What no URL can carry is refused even with `insist`: another resource would be asked for than the one named. */
function refuseUnsendable(operation: Operation, { name, in: place }: OperationParameter, value: string): void {
  const problem =
    place === 'path' && /^\.\.?$/.test(value)
      ? 'is a dot segment, which a URL takes out of the path (RFC 3986 section 5.2.4)'
      : /\p{Surrogate}/u.test(value)
        ? 'holds half a surrogate pair, which has no UTF-8 form'
        : null
  if (problem !== null)
    throw new Fault('PARAMETER_INVALID', `The parameter "${name}" ${problem} (given: ${JSON.stringify(value)}).`, {
      operation: operation.id,
      parameter: name,
    })
}

/** Whether a draft goes without it on purpose: the header is left out, or another path is asked for. */
function isDispensedWith({ in: place, wireName }: OperationParameter, { omit = [], path }: Departures): boolean {
  if (place !== 'header') return path !== undefined
  return omit.some((name) => name.toLowerCase() === wireName.toLowerCase())
}

type Departures = Pick<Draft, 'omit' | 'path'>

/** Throws PARAMETER_UNKNOWN, PARAMETER_MISSING or PARAMETER_INVALID; with `insist` the last two become findings. */
export async function placeParameters(
  bank: Bank,
  operation: Operation,
  given: Readonly<Record<string, string>>,
  insist: boolean,
  departures: Departures = {},
): Promise<Placed> {
  const findings: Finding[] = []
  const complain = (code: 'PARAMETER_MISSING' | 'PARAMETER_INVALID', message: string, parameter: string): void => {
    if (!insist) throw new Fault(code, message, { operation: operation.id, parameter })
    findings.push({
      id: code === 'PARAMETER_MISSING' ? 'parameter-missing' : 'parameter-invalid',
      severity: 'error',
      message,
    })
  }
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) values[findParameter(operation, name).name] = value

  let path = operation.path
  const query: string[] = []
  const headers: [string, string][] = []
  for (const parameter of operation.parameters) {
    const value = values[parameter.name] ?? parameter.value ?? undefined
    if (value !== undefined) values[parameter.name] = value
    if (value === undefined) {
      if (parameter.required && !hasDefault(bank, parameter) && !isDispensedWith(parameter, departures)) {
        if (parameter.in === 'path') {
          const message =
            `${operation.id} needs the path parameter "${parameter.name}". ${parameter.description}`.trim()
          throw new Fault('PARAMETER_MISSING', message, { operation: operation.id, parameter: parameter.name })
        }
        complain(
          'PARAMETER_MISSING',
          `${operation.id} needs the ${parameter.in} parameter "${parameter.name}".`,
          parameter.name,
        )
      }
      continue
    }
    refuseUnsendable(operation, parameter, value)
    const [problem] = await checkSchema(bank, parameter.schema, coerce(value, parameter.schema))
    const what = problem?.message ?? (parameter.in === 'path' && value === '' ? 'is empty' : null)
    if (what !== null)
      complain(
        'PARAMETER_INVALID',
        `The parameter "${parameter.name}" ${what} (given: ${JSON.stringify(value)}).`,
        parameter.name,
      )
    if (parameter.in === 'path') path = path.replace(`{${parameter.name}}`, encodeURIComponent(value))
    else if (parameter.in === 'query')
      query.push(`${encodeURIComponent(parameter.wireName)}=${encodeURIComponent(value)}`)
    else headers.push([parameter.wireName, value])
  }
  return { path, query: query.length > 0 ? `?${query.join('&')}` : '', headers, values, findings }
}
