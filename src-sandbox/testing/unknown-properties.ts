/** Finds fields of an answer that the bank's document does not have, in objects it leaves open. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { findBanksFolder } from '#sandbox/bank/bank-folder.ts'

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
  readonly $ref?: string
}

interface OpenApi {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { operationId?: string; responses?: Record<string, Body> }>>>
  >
}

export type UnknownProperties = (operation: string, status: number, value: unknown) => string[]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function unknownProperties(bank: string): UnknownProperties {
  const document = parse(readFileSync(join(findBanksFolder(undefined), bank, 'openapi.yaml'), 'utf8')) as OpenApi
  const resolve = <T extends { $ref?: string }>(node: T): T => {
    if (!node.$ref) return node
    const found = node.$ref
      .split('/')
      .slice(1)
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document)
    return resolve(found as T)
  }
  const walk = (given: Schema | undefined, value: unknown, at: string): string[] => {
    if (given === undefined) return []
    const { properties = {}, items, additionalProperties } = resolve(given)
    if (Array.isArray(value)) return value.flatMap((one) => walk(items, one, `${at}[]`))
    if (!isObject(value)) return []
    return Object.entries(value).flatMap(([name, inner]) => {
      const own = properties[name] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
      return own ? walk(own, inner, `${at}.${name}`) : [`${at}.${name}`]
    })
  }
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  return (operation, status, value) => {
    const response = operations.find(({ operationId }) => operationId === operation)?.responses?.[status]
    return walk(response && resolve(response).content?.['application/json']?.schema, value, operation)
  }
}
