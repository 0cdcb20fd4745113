/** Makes the draft of a recipe's call: the operation's example with the recipe's changes. */

import type { DraftInput } from '#shared/contract/requests.ts'
import type { RecipeCall, RecipeJson, RecipeSend } from '#shared/error-recipe.ts'
import { nothing } from '#shared/error-recipe.ts'
import { headersOfSigning } from '#shared/signing-profile.ts'
import type { Bank, Operation } from '../banks/bank.ts'
import { fill, grantNamed, identityOf, type RecipeRun, recipeFault } from './provoke-scratch.ts'

/** What a call and the last call of a recipe have in common. */
export type Outgoing = Pick<
  RecipeCall | RecipeSend,
  'headers' | 'body' | 'change' | 'by' | 'parameters' | 'grant' | 'method' | 'path' | 'afterSigning'
>
type Changed = NonNullable<Outgoing['afterSigning']>

/** Milliseconds for one call: nothing in a sandbox takes longer without being broken. */
const deadline = 20_000

/** JSON Merge Patch (RFC 7396). */
export function mergePatch(target: RecipeJson, patch: RecipeJson): RecipeJson {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch
  const merged = new Map(
    typeof target === 'object' && target !== null && !Array.isArray(target) ? Object.entries(target) : [],
  )
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name)
    else merged.set(name, mergePatch(merged.get(name) ?? null, value))
  }
  return Object.fromEntries(merged)
}

const textOf = (value: RecipeJson): string => (typeof value === 'string' ? value : JSON.stringify(value))

function encode(body: RecipeJson, contentType: string): string {
  if (typeof body === 'string' || !contentType.includes('x-www-form-urlencoded')) return textOf(body)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw recipeFault('The body of a form is a list of names and values.')
  return new URLSearchParams(
    Object.entries(body).map(([name, value]): [string, string] => [name, textOf(value)]),
  ).toString()
}

function bodyOf({ body, change }: Changed, operation: Operation, run: RecipeRun): string | undefined {
  const { body: declared } = operation
  const contentType = declared?.contentType ?? 'application/json'
  if (body !== undefined) return encode(fill(body, run), contentType)
  if (declared === null) return undefined
  const example = (declared.example ?? {}) as RecipeJson
  return encode(mergePatch(example, fill(change ?? {}, run)), contentType)
}

const lower = (name: string): string => name.toLowerCase()

/** Required parameters that nobody gives, from the operation's examples. Those of the path are never guessed. */
function exampleParameters(bank: Bank, operation: Operation, given: ReadonlySet<string>): Record<string, string> {
  const made = new Set([...bank.headers.map(({ name }) => lower(name)), ...headersOfSigning(bank.profile.signing)])
  const wanted = operation.parameters.filter(
    ({ name, in: place, required, value, example }) =>
      required &&
      place !== 'path' &&
      value === null &&
      example !== null &&
      !given.has(lower(name)) &&
      !made.has(lower(name)),
  )
  return Object.fromEntries(wanted.map(({ name, example }) => [name, textOf(example as RecipeJson)]))
}

/** Headers with values, and the names of those that are left out. */
function split(headers: Changed['headers'], run: RecipeRun): { set: Record<string, string>; omit: string[] } {
  const entries = Object.entries(headers)
  return {
    set: Object.fromEntries(
      entries.flatMap(([name, value]) => (value === null ? [] : [[name, fill(value, run)] as const])),
    ),
    omit: entries.flatMap(([name, value]) => (value === null ? [name] : [])),
  }
}

/** Sent although schema and preflight know better: that is what a recipe is for. */
export function draftOf(outgoing: Outgoing, operationId: string, run: RecipeRun): DraftInput {
  const { bank } = run
  const operation = bank.operation(operationId)
  const parameters = Object.fromEntries(
    Object.entries(outgoing.parameters).map(([name, value]) => [name, fill(value, run)]),
  )
  const { set, omit } = split(outgoing.headers, run)
  const given = new Set([...Object.keys(parameters), ...Object.keys(outgoing.headers)].map(lower))
  const body = bodyOf(outgoing, operation, run)
  const { grant, method, path } = outgoing
  return {
    bank: bank.id,
    environment: 'sandbox',
    operation: operation.id,
    parameters: { ...exampleParameters(bank, operation, given), ...parameters },
    headers: set,
    identity: identityOf(run, outgoing.by),
    insist: true,
    deadline,
    ...(omit.length === 0 ? {} : { omit }),
    ...(body === undefined ? {} : { body }),
    ...(grant === undefined ? {} : { grant: grant === nothing ? nothing : grantNamed(run, grant) }),
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path: fill(path, run) }),
  }
}

const without = (fields: Readonly<Record<string, string>> = {}, names: ReadonlySet<string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(lower(name))))

/**
 * The draft as it was signed, with changes. What the signature made and covers is set by hand, as anybody can: there is no other way
 * into the send path.
 */
export async function changedAfterSigning(
  draft: DraftInput,
  { headers, body, change }: Changed,
  run: RecipeRun,
): Promise<DraftInput> {
  const { request, signature } = await run.client.requests.preflight(draft, run.options)
  if (signature === null)
    throw recipeFault(`${draft.operation} is not signed, so nothing can be changed after signing.`)
  const fixed = new Set([...signature.signedHeaders, ...headersOfSigning(run.bank.profile.signing)])
  const own = new Set([...Object.keys(draft.headers ?? {}), ...Object.keys(draft.parameters ?? {})].map(lower))
  const signed = request.headers.filter(([name]) => fixed.has(lower(name)) && !own.has(lower(name)))
  const { set, omit } = split(headers, run)
  const replaced = new Set(Object.keys(set).map(lower))
  const changed = change === undefined ? body : mergePatch(JSON.parse(draft.body ?? 'null') as RecipeJson, change)
  return {
    ...draft,
    parameters: without(draft.parameters, replaced),
    headers: { ...without({ ...draft.headers, ...Object.fromEntries(signed) }, replaced), ...set },
    omit: [...(draft.omit ?? []), ...omit],
    ...(changed === undefined ? {} : { body: encode(fill(changed, run), 'application/json') }),
  }
}
