/** Holds a sandbox's successful answers against the bank's OpenAPI document. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Document, OpenAPIBackend } from 'openapi-backend'
import { parse } from 'yaml'
import { findBanksFolder } from '#sandbox/bank/bank-folder.ts'
import { withFormats } from '#sandbox/bank/formats.ts'

export interface DocumentedOperation {
  readonly method: string
  readonly path: string
  readonly host: string
}

export interface DocumentedAnswers {
  operation(id: string): DocumentedOperation
  /** What does not fit; empty where the answer is as documented. */
  findings(id: string, status: number, body: unknown): string[]
}

/** @param change what is done to the document first, such as closing its schemas. */
export async function documentedAnswers(
  bank: string,
  change: (document: Document) => Document = (document) => document,
): Promise<DocumentedAnswers> {
  const text = readFileSync(join(findBanksFolder(undefined), bank, 'openapi.yaml'), 'utf8')
  const api = new OpenAPIBackend({
    definition: change(parse(text) as Document),
    quick: true,
    ajvOpts: { strict: false },
    customizeAjv: withFormats,
  })
  await api.init()
  return {
    operation: (id) => {
      const found = api.router.getOperation(id)
      if (!found) throw new Error(`There is no operation ${id}.`)
      const host = (found as unknown as Record<string, string>)['x-tpp-host'] ?? ''
      return { method: found.method.toUpperCase(), path: found.path, host }
    },
    findings: (id, status, body) => {
      const documented = Object.keys(api.router.getOperation(id)?.responses ?? {})
      if (!documented.includes(String(status))) return [`status ${status} is not documented`]
      const { errors } = api.validateResponse(body, id, status)
      return (errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
    },
  }
}
