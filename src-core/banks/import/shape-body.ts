/** The request body of an operation: one media type the workbench can write and check, or text a person writes. */
import type { Report } from './adapt-schema.ts'
import { quoted } from './import-limits.ts'
import { isObject, type JsonObject, type JsonTree } from './json-tree.ts'

const json = /^application\/([\w.-]+\+)?json\b/i
const form = /^application\/x-www-form-urlencoded\b/i

/** JSON first, then a form, then anything else. */
const rank = (type: string): number => (json.test(type) ? 0 : form.test(type) ? 1 : 2)

function wordFor(type: string): string {
  if (/^multipart\//i.test(type)) return `A multipart body (${quoted(type)})`
  if (/xml/i.test(type)) return `An XML body (${quoted(type)})`
  return `A body of type ${quoted(type)}`
}

export function shapeBody(body: JsonTree | undefined, place: string, report: Report): JsonObject | undefined {
  if (!isObject(body)) return undefined
  const given = Object.entries(isObject(body.content) ? body.content : {})
  const types = given.map(([type, media]): [string, JsonTree] => [
    /^\*\/\*|^application\/\*/.test(type) ? 'application/json' : type,
    media,
  ])
  types.sort(([a], [b]) => rank(a) - rank(b))
  const [best] = types
  const at = `${place}/requestBody`
  if (best === undefined) return { ...body, content: { 'application/json': {} } }
  for (const [type] of types.slice(1)) report(at, wordFor(type), `The body is sent as ${quoted(best[0])}.`)
  const [type, media] = best
  if (rank(type) < 2) return { ...body, content: { [type]: media } }
  report(at, wordFor(type), 'It is sent as you write it, and not checked.')
  const examples = isObject(media) ? { example: media.example, examples: media.examples } : {}
  const kept = Object.fromEntries(Object.entries(examples).filter(([, value]) => value !== undefined)) as JsonObject
  return { ...body, content: { [type]: { schema: {}, ...kept } } }
}
