/** Finds the operation a request is for in the bank's OpenAPI document, and says whether the request fits it. */
import { type Document, OpenAPIBackend, type Operation } from 'openapi-backend'
import type { Received } from '#sandbox/net/answer.ts'
import { operationExtensionSchema } from '#shared/bank-profile.ts'
import { withFormats } from './formats.ts'

export interface MatchedOperation {
  /** operationId of the document. */
  readonly id: string
  /** Where several operations share method and path: the one this request means, else `id`. */
  readonly meant: string
  readonly parameters: Readonly<Record<string, string>>
  /** Findings against the document; empty where the request fits. Costs time: asked for only when needed. */
  findings(): string[]
}

export interface OperationRouter {
  match(host: string, received: Received, path: string): MatchedOperation | null
}

type Described = Record<string, unknown> & { operationId?: string }

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options']

/** Every operation id of a document, with those that share one operation told apart. */
export function operationIds({ paths }: Document): string[] {
  const described = Object.values(paths ?? {}).flatMap((path) =>
    Object.entries(path ?? {}).flatMap(([method, value]) => (methods.includes(method) ? [value as Described] : [])),
  )
  return described.flatMap((operation) => {
    const several = operationExtensionSchema.parse(operation)['x-tpp-operations'] ?? []
    return [...(operation.operationId ? [operation.operationId] : []), ...several.map(({ id }) => id)]
  })
}

/** Form fields of body and query together: some clients send a token request in the query. */
const fieldsOf = (received: Received): URLSearchParams =>
  new URLSearchParams([...received.query, ...new URLSearchParams(received.body.toString('utf8'))])

/** Where a method and a path lead. */
interface Place {
  readonly id: string
  readonly operation: Operation
  readonly parameters: Readonly<Record<string, string>>
  readonly host: string | undefined
  readonly several: readonly { readonly id: string; readonly when: Record<string, string> }[]
}

/** Paths carry ids: so many of them are remembered at once. */
const mostPlaces = 2000
const longestPlace = 1000

function meantOperation({ id, several }: Place, received: Received): string {
  if (several.length === 0) return id
  const fields = fieldsOf(received)
  const fits = (when: Record<string, string>): boolean =>
    Object.entries(when).every(([name, value]) => fields.get(name) === value)
  return several.find(({ when }) => fits(when))?.id ?? id
}

/** A request id is the client's own affair: banks repeat it and do not read it. */
const counts = ({ instancePath }: { readonly instancePath: string }): boolean => !instancePath.endsWith('/x-request-id')

/** Everything of a request without body that the document may say something about; a token is no part of it. */
function wordsOf({ method, target, headers }: Received): string {
  let words = `${method} ${target}`
  for (const name in headers)
    if (name !== 'authorization' && name !== 'x-request-id') words += `\n${name}: ${String(headers[name])}`
  return words
}

function jsonOrText(body: Buffer): unknown {
  if (body.length === 0) return undefined
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return body.toString('utf8')
  }
}

export async function openRouter(openapi: Document): Promise<OperationRouter> {
  const api = new OpenAPIBackend({
    definition: openapi,
    // Its own check of the document refuses valid OpenAPI 3.1; the documents are checked elsewhere.
    quick: true,
    coerceTypes: true,
    ajvOpts: { strict: false },
    customizeAjv: withFormats,
  })
  await api.init()
  const requestFor = (received: Received, path: string) => ({
    method: received.method,
    path,
    headers: received.headers as Record<string, string | string[]>,
    query: Object.fromEntries(received.query),
    body: jsonOrText(received.body),
  })
  const places = new Map<string, Place | null>()

  const find = (method: string, path: string): Place | null => {
    const operation = api.matchOperation({ method, path, headers: {} })
    const id = operation?.operationId
    if (!operation || !id) return null
    const extension = operationExtensionSchema.parse(operation)
    const { params } = api.router.parseRequest({ method, path, headers: {} }, operation)
    const parameters = params as Record<string, string>
    return { id, operation, parameters, host: extension['x-tpp-host'], several: extension['x-tpp-operations'] ?? [] }
  }
  /** Looking through the document for each request would take longer than answering it. */
  const placeOf = (method: string, path: string): Place | null => {
    const name = `${method} ${path}`
    const known = places.get(name)
    if (known !== undefined) return known
    const place = find(method, path)
    if (name.length > longestPlace) return place
    if (places.size >= mostPlaces) places.clear()
    places.set(name, place)
    return place
  }

  const judged = new Map<string, string[]>()

  const judge = (received: Received, path: string, operation: Operation): string[] =>
    (api.validateRequest(requestFor(received, path), operation).errors ?? [])
      .filter(counts)
      .map((error) => `${error.instancePath || '/'} ${error.message ?? 'is not valid'}`.trim())
  /** A request without body that repeats another word for word, as programs that poll do, fits the document as that did. */
  const findingsOf = (received: Received, path: string, operation: Operation): string[] => {
    const name = received.body.length === 0 ? wordsOf(received) : null
    if (name === null || name.length > longestPlace) return judge(received, path, operation)
    const known = judged.get(name) ?? judge(received, path, operation)
    if (judged.size >= mostPlaces) judged.clear()
    judged.set(name, known)
    return [...known]
  }

  return {
    match: (host, received, path) => {
      const place = placeOf(received.method, path)
      if (!place || place.host !== host) return null
      const { id, operation, parameters } = place
      return {
        id,
        meant: meantOperation(place, received),
        parameters,
        findings: () => findingsOf(received, path, operation),
      }
    },
  }
}
