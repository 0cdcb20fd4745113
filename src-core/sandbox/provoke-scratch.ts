/** What a recipe is run with: a workbench of its own, and what its steps have made so far. */
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract/contract.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { nothing, ownIdentity } from '#shared/error-recipe.ts'
import { Fault } from '#shared/fault.ts'
import { fillBraces, readRecipeValue } from '#shared/recipe-values.ts'
import type { Bank } from '../banks/bank.ts'
import type { SandboxServices } from './sandbox-services.ts'

/** A workbench for one piece of work: keys in memory, records in a folder that goes with it. */
export interface ScratchWorkbench {
  readonly client: ContractRouterClient<Contract>
  /** Home of the sandbox its calls go to. */
  readonly sandboxHome: string
  /** Stops the sandbox it started, if any, and removes the folder. */
  discard(): Promise<void>
}

/** An exchange with the draft that made it. */
export interface Made {
  readonly exchange: Exchange
  readonly draft: DraftInput
}

export interface ScratchIdentity {
  readonly id: string
  readonly organisation: string
}

/** One run of one recipe. */
export interface RecipeRun {
  readonly bank: Bank
  readonly client: ScratchWorkbench['client']
  readonly services: SandboxServices
  /** Of every call of the client. */
  readonly options: { readonly signal?: AbortSignal }
  /** Base URLs of the bank's hosts and pages. */
  readonly urls: Readonly<Record<string, string>>
  /** Where customers come back to. */
  readonly callback: string
  readonly identities: Map<string, ScratchIdentity>
  /** Ids by the recipe's names. */
  readonly grants: Map<string, string>
  readonly kept: Map<string, string>
  /** Organisation → seconds its clock was moved ahead. */
  readonly clocks: Map<string, number>
  /** Organisation → faults switched on. */
  readonly switches: Map<string, readonly string[]>
  /** The calls it made itself, oldest first. */
  readonly calls: Made[]
}

/** A recipe that cannot be followed is our mistake, not the user's; it says which word is wrong. */
export const recipeFault = (message: string): Fault => new Fault('INPUT_INVALID', message, { field: 'recipe' })

function found<Value>(map: ReadonlyMap<string, Value>, name: string, what: string): Value {
  const value = map.get(name)
  if (value === undefined) throw recipeFault(`The recipe has made no ${what} called "${name}".`)
  return value
}

export const identityNamed = (run: RecipeRun, name: string): ScratchIdentity => found(run.identities, name, 'identity')
export const grantNamed = (run: RecipeRun, name: string): string => found(run.grants, name, 'grant')

/** Reference of an identity as a draft takes it. */
export const identityOf = (run: RecipeRun, name: string): string =>
  name === nothing ? nothing : identityNamed(run, name).id

const dayMilliseconds = 86_400_000

function valueFor(text: string, run: RecipeRun): string {
  const value = readRecipeValue(text)
  switch (value?.kind) {
    case 'kept':
      return found(run.kept, value.name, 'value')
    case 'organisation':
      return identityNamed(run, value.identity ?? ownIdentity).organisation
    case 'url':
      return found(new Map(Object.entries(run.urls)), value.host, 'host')
    case 'callback':
      return run.callback
    case 'uuid':
      return crypto.randomUUID()
    case 'day':
      return new Date(Date.now() + value.offset * dayMilliseconds).toISOString().slice(0, 10)
    case 'http-date':
      return new Date(Date.now() + value.offset * 1000).toUTCString()
    default:
      throw recipeFault(`{{${text}}} is no value a recipe can hold.`)
  }
}

/** Puts values in the place of what stands in double braces. */
export const fill = <Value extends Parameters<typeof fillBraces>[0]>(value: Value, run: RecipeRun): Value =>
  fillBraces(value, (text) => valueFor(text, run))

/** The same for people who watch: what has no value yet is shown as it is written. */
export function shown(text: string, run: RecipeRun): string {
  try {
    return fill(text, run)
  } catch {
    return text
  }
}

/** What a recipe's identity is called to people. */
export const tppNamed = (name: string): string => (name === ownIdentity ? 'the TPP' : `the TPP "${name}"`)
