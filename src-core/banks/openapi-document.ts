/** What the workbench reads of an OpenAPI document, and how its local references are followed. */
import { z } from 'zod'
import { operationExtensionSchema, parameterExtensionSchema, tagExtensionSchema } from '#shared/bank-profile.ts'
import { Fault } from '#shared/fault.ts'
import type { JsonSchema } from './bank.ts'

export const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const

const exampleFields = {
  example: z.unknown().optional(),
  examples: z
    .record(z.string(), z.object({ summary: z.string().optional(), value: z.unknown().optional() }))
    .optional(),
}

export const parameterSchema = parameterExtensionSchema.extend({
  ...exampleFields,
  name: z.string(),
  in: z.enum(['path', 'query', 'header', 'cookie']),
  required: z.boolean().default(false),
  description: z.string().default(''),
  schema: z.record(z.string(), z.unknown()).default({}),
})

const mediaTypeSchema = z.object({
  schema: z.record(z.string(), z.unknown()).default({}),
  ...exampleFields,
})

export const operationSchema = operationExtensionSchema.extend({
  operationId: z.string(),
  summary: z.string().default(''),
  description: z.string().default(''),
  tags: z.array(z.string()).default([]),
  parameters: z.array(z.record(z.string(), z.unknown())).default([]),
  requestBody: z
    .object({ required: z.boolean().default(false), content: z.record(z.string(), mediaTypeSchema) })
    .optional(),
  responses: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

export const documentSchema = z.object({
  openapi: z.string().regex(/^3\.1\./),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.record(z.string(), z.unknown()).default({}),
  tags: z.array(tagExtensionSchema).default([]),
})

export type Document = z.output<typeof documentSchema>

export const damagedAt = (place: string, message: string, cause?: unknown): Fault =>
  new Fault('DATA_DAMAGED', `openapi.yaml: ${message}`, { file: 'openapi.yaml', place }, cause)

/** Follows a local `$ref` of the OpenAPI document. */
export function dereference(value: Record<string, unknown>, document: Document, followed: string[] = []): JsonSchema {
  const reference = value.$ref
  if (typeof reference !== 'string') return value
  if (followed.includes(reference)) throw damagedAt(reference, `${reference} leads back to itself.`)
  let target: unknown = reference.startsWith('#/') ? document : undefined
  for (const part of reference.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    target =
      typeof target === 'object' && target !== null && Object.hasOwn(target, key)
        ? (target as JsonSchema)[key]
        : undefined
  }
  if (typeof target !== 'object' || target === null) throw damagedAt(reference, `nothing at ${reference}.`)
  return dereference(target as JsonSchema, document, [...followed, reference])
}

/** Keys whose values are somebody's data, where `$ref` means nothing. */
const dataKeys = new Set(['example', 'examples', 'default', 'const', 'enum', 'value'])

/** Throws for a `$ref` anywhere that leads nowhere: found now, not with the first call that needs it. */
export function checkReferences(value: unknown, document: Document): void {
  if (Array.isArray(value)) for (const each of value) checkReferences(each, document)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  dereference(value as JsonSchema, document)
  for (const [key, each] of Object.entries(value)) if (!dataKeys.has(key)) checkReferences(each, document)
}
