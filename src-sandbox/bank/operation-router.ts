/** Finds the operation a request is for in the bank's OpenAPI document, and says whether the request fits it. */
import { type Document, OpenAPIBackend } from 'openapi-backend'
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

/** Form fields of body and query together: some clients send a token request in the query. */
const fieldsOf = (received: Received): URLSearchParams =>
  new URLSearchParams([...received.query, ...new URLSearchParams(received.body.toString('utf8'))])

function meantOperation(operation: Described, id: string, received: Received): string {
  const several = operationExtensionSchema.parse(operation)['x-tpp-operations']
  if (!several) return id
  const fields = fieldsOf(received)
  const fits = (when: Record<string, string>): boolean =>
    Object.entries(when).every(([name, value]) => fields.get(name) === value)
  return several.find(({ when }) => fits(when))?.id ?? id
}

/** A request id is the client's own affair: banks repeat it and do not read it. */
const counts = ({ instancePath }: { readonly instancePath: string }): boolean => !instancePath.endsWith('/x-request-id')

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
  return {
    match: (host, received, path) => {
      const request = requestFor(received, path)
      const operation = api.matchOperation(request)
      const id = operation?.operationId
      if (!operation || !id) return null
      if (operationExtensionSchema.parse(operation)['x-tpp-host'] !== host) return null
      const parsed = api.router.parseRequest(request, operation)
      return {
        id,
        meant: meantOperation(operation as Described, id, received),
        parameters: parsed.params as Record<string, string>,
        findings: () =>
          (api.validateRequest(request, operation).errors ?? [])
            .filter(counts)
            .map((error) => `${error.instancePath || '/'} ${error.message ?? 'is not valid'}`.trim()),
      }
    },
  }
}
