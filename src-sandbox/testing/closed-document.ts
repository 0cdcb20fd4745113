/** Makes every object of an OpenAPI document refuse properties it does not name, so that tests notice what a bank adds to its answers. */
import type { Document } from 'openapi-backend'

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close)
  if (!isNode(schema)) return schema
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, close(value)]))
  // A property that is called "type" describes itself with an object, a schema's own type is a text.
  return schema.type === 'object' && schema.additionalProperties === undefined
    ? { ...closed, additionalProperties: false }
    : closed
}

/** Only the named schemas: banks that compose them with `allOf` need another way. */
export const closedDocument = (document: Document): Document => {
  const { components } = document as { components?: Node }
  return { ...document, components: { ...components, schemas: close(components?.schemas) } } as unknown as Document
}
