/** What a draft does otherwise than its operation, on purpose: headers that are left out, another method, another path. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { OpenDraft } from './open-drafts.ts'
import { sameHeader } from './same-header.ts'

export type Departing = Pick<OpenDraft, 'omit' | 'method' | 'path'>

export const isLeftOut = ({ omit }: Pick<Departing, 'omit'>, name: string): boolean =>
  omit.some((each) => sameHeader(each, name))

/** One sentence each, for people. */
export const departuresOf = ({ omit, method, path }: Departing): string[] => [
  ...omit.map((name) => `${name} is left out.`),
  ...(method === null ? [] : [`The method is ${method}.`]),
  ...(path === null ? [] : [`The path is ${path}.`]),
]

/** Methods to choose from (RFC 9110 section 9, RFC 5789); one that was set elsewhere is among them. */
export const methodsFor = ({ method }: Departing): string[] => [
  ...new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', ...(method === null ? [] : [method])]),
]

/** The operation's own path with the values that were typed; a parameter without one stays in braces. */
export function ownPath({ path, parameters }: OperationDetail, typed: Readonly<Record<string, string>>): string {
  return parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce((text, { name, value }) => {
      const given = typed[name] || value
      return given === null || given === undefined ? text : text.replace(`{${name}}`, encodeURIComponent(given))
    }, path)
}

/** Headers that can be left out: what would be sent, and what the operation has beside it. */
export function omittable(
  draft: Pick<OpenDraft, 'omit'>,
  { parameters }: OperationDetail,
  sent: readonly (readonly [string, string])[],
): string[] {
  const declared = parameters.filter((parameter) => parameter.in === 'header').map(({ wireName }) => wireName)
  const byName = new Map([...declared, ...sent.map(([name]) => name)].map((name) => [name.toLowerCase(), name]))
  return [...byName.values()].filter((name) => !isLeftOut(draft, name)).sort((a, b) => a.localeCompare(b))
}
