/** Sends a recipe's call through the scratch workbench, with the customer where the bank asks for one, and keeps what later steps need. */
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import type { RecipeCall, RecipeSend } from '#shared/error-recipe.ts'
import { Fault } from '#shared/fault.ts'
import { changedAfterSigning, draftOf, type Outgoing } from './provoke-draft.ts'
import { type Made, type RecipeRun, recipeFault } from './provoke-scratch.ts'

/** Seconds a customer of the sandbox may take: their clicks are made by a program. */
export const customerSeconds = 20

type Acting = Pick<RecipeCall | RecipeSend, 'customer' | 'decision'> & Partial<Pick<RecipeSend, 'resume'>>

/** @param asked exchange that holds the page already. */
async function dispatch(
  draft: DraftInput,
  { customer, decision }: Acting,
  run: RecipeRun,
  asked?: string,
): Promise<Exchange> {
  if (customer === undefined) return run.client.requests.send(draft, run.options)
  let last: Exchange | null = null
  const patience = { psu: customer, decision, timeout: customerSeconds }
  const input = { draft, ...patience, ...(asked === undefined ? {} : { exchange: asked }) }
  for await (const event of await run.client.access.challenge(input, run.options))
    if (event.type === 'exchange') last = event.exchange
  if (last === null) throw new Fault('INTERNAL', 'A call ended without an exchange.')
  return last
}

function lastCall({ calls }: RecipeRun): Made {
  const made = calls.at(-1)
  if (made === undefined) throw recipeFault('The recipe has made no call that could be gone on with.')
  return made
}

async function makeCall(outgoing: Outgoing & Acting, operation: string, run: RecipeRun): Promise<Made> {
  if (outgoing.resume === true) {
    const { draft, exchange } = lastCall(run)
    return { draft, exchange: await dispatch(draft, outgoing, run, exchange.id) }
  }
  const plain = draftOf(outgoing, operation, run)
  const draft =
    outgoing.afterSigning === undefined ? plain : await changedAfterSigning(plain, outgoing.afterSigning, run)
  return { draft, exchange: await dispatch(draft, outgoing, run) }
}

export async function sendCall(outgoing: Outgoing & Acting, operation: string, run: RecipeRun): Promise<Made> {
  const made = await makeCall(outgoing, operation, run)
  run.calls.push(made)
  return made
}

/** RFC 6901. */
function atPointer(value: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1)
  return parts.reduce<unknown>((part, raw) => {
    const name = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    return typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[name] : undefined
  }, value)
}

function readPlace(place: string, { response }: Exchange): unknown {
  if (place.startsWith('header:')) {
    const name = place.slice('header:'.length).toLowerCase()
    return response?.headers.find(([other]) => other.toLowerCase() === name)?.[1]
  }
  try {
    return atPointer(JSON.parse(response?.body ?? ''), place)
  } catch {
    return undefined
  }
}

/** @param keep name → place in the answer. */
export function keepFrom(exchange: Exchange, keep: Readonly<Record<string, string>>, run: RecipeRun): void {
  for (const [name, place] of Object.entries(keep)) {
    const value = readPlace(place, exchange)
    if (typeof value !== 'string' && typeof value !== 'number')
      throw recipeFault(`The answer of ${exchange.operation} has nothing at ${place} to keep as "${name}".`)
    run.kept.set(name, String(value))
  }
}
