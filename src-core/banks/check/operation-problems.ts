/** Whether every operation can be listed and sent: an id and a tag of its own, a scope that somebody grants. */

import { type CheckedBank, hint, type PrintedOperation, repeated } from './checked-bank.ts'
import { type Json, objectOf, objectsOf, ownValue, textOf } from './json-document.ts'
import type { Problem } from './problem.ts'

const file = 'openapi.yaml'

export function tagProblems({ printed, files }: CheckedBank): Problem[] {
  const declared = objectsOf(objectOf(files.openapi).tags).map((tag) => textOf(tag.name) ?? '')
  return printed.flatMap(({ operationId, operations, place }) => {
    const tags = operations[0]?.tags ?? []
    const [tag] = tags
    const says = (message: string): Problem[] => [{ message, file, place: `${place}/tags` }]
    if (tags.length !== 1 || tag === undefined) {
      return says(`${operationId} has ${tags.length} tags. Give it exactly one: it is the group it is listed in.`)
    }
    return declared.includes(tag)
      ? []
      : says(
          `${operationId} has the tag "${tag}", which the document does not declare under tags. ${hint(tag, declared)}`,
        )
  })
}

export function idProblems({ bank, printed }: CheckedBank): Problem[] {
  const ids = bank.operations.map((operation) => operation.id)
  const wrong = printed.flatMap(({ operations, place }) =>
    operations
      .filter(({ id }) => !/^[a-z0-9][a-z0-9-]*$/.test(id))
      .map(({ id }) => ({ message: `"${id}" is no id: use lower case, digits and hyphens.`, file, place })),
  )
  const twice = repeated(ids).map(({ value }) => {
    const place = printed.find(({ operations }) => operations.some(({ id }) => id === value))?.place ?? null
    return { message: `The id ${value} is given to more than one operation. Give each its own.`, file, place }
  })
  return [...wrong, ...twice]
}

/** `basket:{basketId}` and `basket:{id}` are the same scope of different callers. */
const form = (scope: string): string => scope.replaceAll(/\{[^{}]*\}/g, '{}')

function scopeProblemsOf({ operations, operationId, place }: PrintedOperation, granted: readonly string[]): Problem[] {
  const [operation] = operations
  if (operation === undefined) return []
  const own = operation.scope === null ? [] : [operation.scope]
  const names = operation.parameters.map((parameter) => parameter.name)
  return [...own, ...operation.alternativeScopes].flatMap((scope) => {
    const says = (message: string): Problem => ({ message, file, place: `${place}/x-tpp-scope` })
    const missing = [...scope.matchAll(/\{([^{}]*)\}/g)]
      .map(([, name]) => name!)
      .filter((name) => !names.includes(name))
    const problems = missing.map((name) =>
      says(`${operationId} takes {${name}} of its scope ${scope} from no parameter of its. ${hint(name, names)}`),
    )
    if (granted.some((each) => form(each) === form(scope))) return problems
    const message = `${operationId} needs the scope ${scope}, which access.scopes of bank.yaml does not list. ${hint(scope, granted)}`
    return [...problems, says(message)]
  })
}

export function scopeProblems({ bank, printed }: CheckedBank): Problem[] {
  const { access } = bank.profile
  const granted = access !== undefined && 'scopes' in access ? access.scopes.map(({ scope }) => scope) : []
  return printed.flatMap((operation) => scopeProblemsOf(operation, granted))
}

/** Headers OpenAPI ignores as parameters (OpenAPI 3.1 section 4.8.12): they are security and content there. */
const ignored = new Set(['authorization', 'content-type', 'accept'])

export function headerProblems({ printed }: CheckedBank): Problem[] {
  return printed.flatMap(({ operations, operationId, place }) =>
    (operations[0]?.parameters ?? [])
      .filter((parameter) => parameter.in === 'header' && ignored.has(parameter.name.toLowerCase()))
      .map(({ name }) => ({
        message: `${operationId} declares ${name}, which OpenAPI ignores as a parameter. Say it with security, or with the content type of the body.`,
        file,
        place: `${place}/parameters`,
      })),
  )
}

export type TokenNeed = 'none' | 'optional' | 'required'

/** Whether a caller brings an access token: each alternative of `security` with one, some, or none. */
export function tokenNeed({ node, operations }: PrintedOperation, securitySchemes: Json | undefined): TokenNeed {
  const scoped = operations.some(({ scope }) => scope !== null)
  const alternatives = objectsOf(node.security)
  const withToken = alternatives.filter((alternative) =>
    Object.keys(alternative).some((name) => {
      const { type } = objectOf(ownValue(securitySchemes, name))
      return type === 'oauth2' || type === 'openIdConnect' || type === 'http'
    }),
  )
  if (alternatives.length === 0) return scoped ? 'required' : 'none'
  if (withToken.length === 0) return scoped ? 'optional' : 'none'
  return scoped && withToken.length === alternatives.length ? 'required' : 'optional'
}
