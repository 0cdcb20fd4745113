/** Evidence on headers and parameters: what is missing, malformed, or not in the bank's document. */
import { headersOfSigning } from '#shared/signing-profile.ts'
import type { OperationParameter } from '../../banks/bank.ts'
import { type CallFacts, formOf, headerOf } from '../call-facts.ts'
import { no, open, type Predicate, yes } from './judgement.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const withName = (name: string) => (parameter: OperationParameter) =>
  parameter.name.toLowerCase() === name.toLowerCase()

/** Required parameters the call does not have; before it is sent, what signing will add is not missing. */
export function missing(facts: CallFacts, place: 'header' | 'other'): string[] {
  const { operation, headers, values, outcome, bank, identity } = facts
  const made = outcome === null && identity != null ? headersOfSigning(bank.profile.signing) : []
  return operation.parameters
    .filter(({ required, in: where }) => required && (where === 'header') === (place === 'header'))
    .filter(({ name, wireName, in: where }) =>
      where === 'header'
        ? headerOf(headers, wireName) === null && !made.includes(wireName.toLowerCase())
        : values[name] === undefined,
    )
    .map(({ name }) => name)
}

const absent =
  (place: 'header' | 'other', noun: string): Predicate =>
  (facts) => {
    const names = missing(facts, place)
    return names.length === 0
      ? no(`Every required ${noun} was there.`)
      : yes(
          `The required ${names.length === 1 ? noun : `${noun}s`} ${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} absent.`,
        )
  }

/** Names of the parameters whose values broke their schema. */
function broken({ schemaFindings, operation }: CallFacts, place: 'header' | 'other'): string[] {
  const names = (schemaFindings ?? [])
    .filter(({ id }) => id === 'parameter-invalid')
    .map(({ message, place: where }) => where?.name ?? /parameter "([^"]+)"/.exec(message)?.[1] ?? '')
  return names.filter((name) => {
    const parameter = operation.parameters.find(withName(name))
    return parameter !== undefined && (parameter.in === 'header') === (place === 'header')
  })
}

/** Headers the operation declares with a form that the draft set beside its parameters. */
export function oddHeaders({ headers, operation }: CallFacts): string[] {
  return operation.parameters.flatMap(({ in: place, wireName, schema }) => {
    const value = place === 'header' ? headerOf(headers, wireName) : null
    if (value === null) return []
    const pattern = typeof schema.pattern === 'string' ? new RegExp(schema.pattern, 'u') : null
    const listed = Array.isArray(schema.enum) ? (schema.enum as unknown[]).map(String) : null
    const truth = schema.type === 'boolean' && !['true', 'false'].includes(value)
    const form = schema.format === 'uuid' && !uuid.test(value)
    return truth || form || pattern?.test(value) === false || listed?.includes(value) === false ? [wireName] : []
  })
}

/** Redirect URIs of a call: a field of the token call, or a parameter. */
export function redirectUriOf(facts: CallFacts): string | null {
  return formOf(facts).get('redirect_uri') ?? facts.values.redirect_uri ?? null
}

export const requestEvidence = {
  'request-id-absent'({ headers }) {
    const id = headerOf(headers, 'x-request-id')
    if (id === null) return yes('The request had no X-Request-ID.')
    return uuid.test(id) ? no(`X-Request-ID was ${id}.`) : yes('X-Request-ID is no UUID.')
  },
  'required-header-absent': absent('header', 'header'),
  'required-parameter-absent': absent('other', 'parameter'),
  'header-value-invalid'(facts) {
    const names = [...new Set([...broken(facts, 'header'), ...oddHeaders(facts)])]
    const type = headerOf(facts.headers, 'content-type')
    const wanted = facts.operation.body?.contentType
    if (facts.body !== null && wanted !== undefined && type !== null && type.split(';')[0]?.trim() !== wanted)
      names.push('Content-Type')
    return names.length > 0
      ? yes(`${names.join(', ')} ${names.length === 1 ? 'does' : 'do'} not have the form the bank’s document gives.`)
      : no('Every header has the form the bank’s document gives.')
  },
  'parameter-invalid'(facts) {
    const names = [...broken(facts, 'other'), ...blankParameters(facts)]
    if (names.length === 0 && facts.schemaFindings === null)
      return open('Nobody compared the parameters with their schemas.')
    return names.length > 0
      ? yes(
          `The ${names.length === 1 ? 'parameter' : 'parameters'} ${[...new Set(names)].join(', ')} broke pattern or limit.`,
        )
      : no('Every parameter keeps to its pattern and limit.')
  },
  'parameter-not-listed'({ url, operation }) {
    const known = operation.parameters.filter(({ in: place }) => place === 'query').map(({ wireName }) => wireName)
    const sent = [...new Set(URL.parse(url)?.searchParams.keys() ?? [])]
    const other = sent.filter((name) => !known.includes(name))
    return other.length > 0
      ? yes(`The query has ${other.join(', ')}, which the bank’s document does not.`)
      : no('Every query parameter is in the bank’s document.')
  },
  'accept-not-json'({ headers }) {
    const accept = headerOf(headers, 'accept')
    if (accept === null) return no('The request had no Accept header, which takes everything.')
    return /\*\/\*|application\/\*|[/+]json\b/i.test(accept)
      ? no(`Accept was ${accept}.`)
      : yes(`Accept was ${accept}, without JSON.`)
  },
  'callback-not-registered'(facts) {
    const uri = redirectUriOf(facts)
    const { registration } = facts.around
    if (uri === null) return open('The call names no redirect URI.')
    if (registration === null) return open('No registration is known here to compare with.')
    return registration.callbackUris.includes(uri)
      ? no(`${uri} is registered.`)
      : yes(`${uri} is none of the registered redirect URIs (${registration.callbackUris.join(', ')}).`)
  },
  'registered-before'({ around, at }) {
    const { registration } = around
    if (registration === null) return open('No earlier registration is known here.')
    return Date.parse(registration.registeredAt) < at
      ? yes(`It was registered from here on ${registration.registeredAt}.`)
      : no('It was not registered from here before.')
  },
} satisfies Record<string, Predicate>

/** Path parameters of nothing but white space. */
function blankParameters({ operation, values }: CallFacts): string[] {
  return operation.parameters
    .filter(({ in: place, name }) => place === 'path' && values[name]?.trim() === '')
    .map(({ name }) => name)
}
