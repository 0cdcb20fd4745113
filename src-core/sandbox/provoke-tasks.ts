/** Turns a row's recipe into the things that are done one after the other: certificates, steps, the last call. */
import { type ErrorRecipe, ownIdentity, type RecipeIdentity, recipeIdentitySchema } from '#shared/error-recipe.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import type { Bank } from '../banks/bank.ts'
import { sendCall } from './provoke-call.ts'
import { identityNamed, type Made, type RecipeRun, tppNamed } from './provoke-scratch.ts'
import { makeStep, stepText } from './provoke-steps.ts'

/** A row and how it is provoked. */
export interface Wanted {
  readonly bank: Bank
  readonly row: ErrorRow
  readonly recipe: ErrorRecipe
}

/** One thing that is done, in words, and how. */
export interface Task {
  /** In words, as far as is known when it begins. */
  text(): string
  /** @returns the call it made, if any. */
  do(): Promise<Made | null>
}

/** As many as rows are provoked, so that none meets what another left behind. */
const newOrganisation = (): string =>
  `PSDSE-FINA-${Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte % 10).join('')}${Date.now() % 1e6}`

/** RSA keys take long to make: only where the bank's signatures need one. */
function keyFor({ signing }: Bank['profile']): 'rsa-2048' | 'ec-p256' {
  const rsaOnly = signing.scheme !== 'none' && !signing.algorithms.some((name) => name.startsWith('ES'))
  return rsaOnly ? 'rsa-2048' : 'ec-p256'
}

function kindFor({ hosts, signing }: Bank['profile']): 'QWAC' | 'QSEAL' {
  const connects = Object.values(hosts).some(({ clientCertificate }) => clientCertificate === 'QWAC')
  return connects || signing.scheme === 'none' ? 'QWAC' : 'QSEAL'
}

async function orderIdentity(name: string, wanted: RecipeIdentity, run: RecipeRun): Promise<null> {
  const { profile } = run.bank
  const { organisationOf, key = keyFor(profile), kind = kindFor(profile), ...order } = wanted
  const organisation =
    organisationOf === undefined ? newOrganisation() : identityNamed(run, organisationOf).organisation
  const input = { ...order, key, kind, name, organization: 'Reproduced errors', organizationIdentifier: organisation }
  const { id } = await run.client.keys.order(input, run.options)
  run.identities.set(name, { id, organisation })
  return null
}

/** The certificate of an organisation comes before others for the same one. */
const ordersOf = ({ recipe }: Wanted, run: RecipeRun): Task[] =>
  Object.entries({ [ownIdentity]: recipeIdentitySchema.parse({}), ...recipe.identities })
    .sort(([, a], [, b]) => Number(a.organisationOf !== undefined) - Number(b.organisationOf !== undefined))
    .map(([name, wanted]) => ({
      text: () =>
        `Orders a certificate for ${tppNamed(name)}${wanted.profile === 'valid' ? '' : ` (${wanted.profile})`}`,
      do: () => orderIdentity(name, wanted, run),
    }))

export function tasksOf(wanted: Wanted, run: RecipeRun): Task[] {
  const { bank, row, recipe } = wanted
  const { reproduce } = row
  const fault = 'switch' in reproduce ? [{ switch: reproduce.switch, by: ownIdentity } as const] : []
  const { send } = recipe
  const operation = send.operation ?? reproduce.operation
  const sending = send.resume
    ? `${send.customer} acts on the page, and ${operation} goes out again`
    : `Sends ${operation} to ${bank.name}`
  return [
    ...ordersOf(wanted, run),
    ...[...recipe.given, ...fault].map((step) => ({ text: () => stepText(step, run), do: () => makeStep(step, run) })),
    { text: () => sending, do: () => sendCall(send, operation, run) },
  ]
}
