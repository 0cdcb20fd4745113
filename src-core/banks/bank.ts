/** A bank as the engine holds it: compiled from its folder, plain data but for the entries of core's tables. */
import type { BankEnvironment, EnvironmentOverride } from '#shared/bank-environment.ts'
import type { BankProfile, SourceName, ViewName } from '#shared/bank-profile.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import type { SigningScheme } from '../signing/schemes.ts'
import type { Recipe } from './value-recipes.ts'

/** JSON Schema (2020-12) as OpenAPI 3.1 has it; `$ref`s point into `Bank.components`. */
export type JsonSchema = Record<string, unknown>

/** Anything JSON can hold; null where there is none. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

export type ParameterPlace = 'path' | 'query' | 'header'

export interface OperationParameter {
  /** As the bank's folder declares it; what drafts, scopes and assumptions refer to. */
  readonly name: string
  /** As it goes over the wire: another one where a person said so for an environment. */
  readonly wireName: string
  readonly in: ParameterPlace
  readonly required: boolean
  readonly description: string
  readonly schema: JsonSchema
  readonly example: JsonValue
  /** Where it comes from when the bank's document does not print it. */
  readonly source: SourceName | null
  /** Id of the assumption that decided it. */
  readonly assumption: string | null
  /** What a draft that leaves it out sends; an environment's or a person's. */
  readonly value: string | null
}

export interface OperationBody {
  readonly required: boolean
  readonly contentType: string
  readonly schema: JsonSchema
  readonly example: unknown
  /** Those the document has names for; none in a compiled copy of an earlier version. */
  readonly examples?: readonly { readonly name: string; readonly summary: string; readonly value: unknown }[]
}

export interface OperationAvailability {
  readonly production: boolean
  readonly 'bank-sandbox': boolean
  readonly 'local-sandbox': 'real' | 'simulated'
  readonly reason: string
}

/** Names of members, fields and headers whose values are shown and kept nowhere, whatever they are elsewhere. */
export interface MarkedSecrets {
  readonly request: readonly string[]
  readonly response: readonly string[]
}

export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly title: string
  readonly description: string
  readonly tags: readonly string[]
  /** Name of the host in the bank's profile. */
  readonly host: string
  /** Scope a grant needs, `{pathParameter}` where an id goes into it; null where no grant is needed. */
  readonly scope: string | null
  /** The call is made without a token too, as before the customer has authorised anything. */
  readonly tokenOptional: boolean
  /** Scopes that do as well. */
  readonly alternativeScopes: readonly string[]
  readonly parameters: readonly OperationParameter[]
  readonly body: OperationBody | null
  readonly availability: OperationAvailability | null
  /** Ids of the profile's assumptions. */
  readonly assumptions: readonly string[]
  /** Form fields that tell this operation from others of the same method and path. */
  readonly when: Readonly<Record<string, string>>
  /** Documented statuses, `default` among them. */
  readonly responses: readonly { readonly status: string; readonly description: string }[]
  /** What its data marks as secret; left out where nothing is. */
  readonly secrets?: MarkedSecrets
}

export interface Tag {
  readonly name: string
  readonly description: string
  /** View of the window its operations belong to. */
  readonly view: ViewName | null
}

/** What compiling a folder gives: nothing but JSON, so that it can be kept. */
export interface CompiledBank {
  readonly profile: BankProfile
  readonly operations: readonly Operation[]
  readonly tags: readonly Tag[]
  readonly errors: readonly ErrorRow[]
  /** `components` of the OpenAPI document, for `$ref`s. */
  readonly components: JsonSchema
}

export interface HeaderDefault {
  readonly name: string
  readonly make: Recipe
  /** On every call, also of operations that do not declare it. */
  readonly everywhere: boolean
  readonly reason: string
}

export interface Bank extends CompiledBank {
  readonly id: string
  readonly name: string
  readonly source: 'shipped' | 'user'
  /** Entry of the table of signing schemes. */
  readonly signing: SigningScheme
  /** Header defaults with the recipes of their values. */
  readonly headers: readonly HeaderDefault[]
  /** Fields of the registration call with the recipes of their values; empty for a bank without one. */
  readonly registrationFields: readonly { readonly name: string; readonly make: Recipe }[]
  /** Whether the bank wants this operation signed. */
  signs(operation: Operation): boolean
  /** Throws OPERATION_UNKNOWN with the near ids. */
  operation(id: string): Operation
  /** Throws ENVIRONMENT_UNKNOWN with the ids there are. */
  environment(id: string): BankEnvironment
  /** What a person set for the environment this bank was opened at; null where nothing, or where none was named. */
  readonly override: EnvironmentOverride | null
}
