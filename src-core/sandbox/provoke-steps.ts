/** The steps of a recipe: what each is called to a person, and how it is made through the scratch workbench. */
import { nothing, type RecipeStep } from '#shared/error-recipe.ts'
import { Fault } from '#shared/fault.ts'
import { fromWire } from '#shared/wire.ts'
import { customerSeconds, keepFrom, sendCall } from './provoke-call.ts'
import { clickAndComeBack } from './provoke-click.ts'
import {
  fill,
  grantNamed,
  identityNamed,
  type Made,
  type RecipeRun,
  recipeFault,
  shown,
  tppNamed,
} from './provoke-scratch.ts'

type Kind = 'call' | 'register' | 'authorise' | 'enter' | 'refresh' | 'click' | 'clock' | 'switch'
type StepOf<Name extends Kind> = Extract<RecipeStep, Record<Name, unknown>>

interface StepKind<Name extends Kind> {
  text(step: StepOf<Name>, run: RecipeRun): string
  /** @returns what it sent, where that is one call. Throws when the step did not come out as the recipe wants. */
  make(step: StepOf<Name>, run: RecipeRun): Promise<Made | null>
}

/** A step that was answered otherwise than the recipe wants. */
export class StepRefused extends Error {
  readonly made: Made

  constructor(message: string, made: Made) {
    super(message)
    this.made = made
  }
}

function checkStatus(made: Made, wanted: number | undefined): void {
  const { response, operation, explanations } = made.exchange
  const status = response?.status ?? 0
  if (wanted === undefined ? status >= 200 && status < 300 : status === wanted) return
  const why = explanations[0]?.cause ?? response?.body.slice(0, 200) ?? ''
  throw new StepRefused(`${operation} was answered with ${status}. ${why}`.trim(), made)
}

const call: StepKind<'call'> = {
  text: ({ call: operation, times, customer }) =>
    `Calls ${operation}${times > 1 ? ` ${times} times` : ''}${customer === undefined ? '' : `, ${customer} acting`}`,
  async make(step, run) {
    let made: Made | null = null
    for (let count = 0; count < step.times; count += 1) {
      made = await sendCall(step, step.call, run)
      checkStatus(made, step.status)
      keepFrom(made.exchange, step.keep, run)
    }
    return made
  },
}

const register: StepKind<'register'> = {
  text: ({ register: name }) => `Registers ${tppNamed(name)} with the bank`,
  async make({ register: name }, run) {
    const input = {
      bank: run.bank.id,
      environment: 'sandbox',
      identity: identityNamed(run, name).id,
      callbackUris: [run.callback],
    }
    const { registration, exchange } = await run.client.access.register(input, run.options)
    const made = { exchange, draft: { bank: run.bank.id, operation: exchange.operation } }
    if (registration === null) checkStatus(made, undefined)
    return made
  },
}

/** Where access belongs to one consent or payment, the workbench remembers that by what the bank called it. */
async function authorisation(step: StepOf<'authorise'>, run: RecipeRun) {
  const { client, bank, options } = run
  const patience = {
    psu: step.customer,
    decision: step.decision,
    // Nobody comes back from a page that was left.
    timeout: step.decision === 'abandon' ? 1 : customerSeconds,
    callback: run.callback,
  }
  const named = fill(step.authorise, run)
  if (bank.profile.access?.flow === 'oauth-code') {
    const identity = identityNamed(run, step.by).id
    const input = { bank: bank.id, environment: 'sandbox', identity, scope: named, ...patience }
    return client.access.authorise(input, options)
  }
  const consents = await client.access.consents({ bank: bank.id, environment: 'sandbox' })
  const consent = consents.find(({ resource }) => resource === named)
  if (consent === undefined) throw recipeFault(`No call of the recipe created "${named}".`)
  // The customer returns to where the creation said.
  const { callback: _, ...others } = patience
  return client.access.authoriseConsent({ consent: consent.id, ...others }, options)
}

const authoriseVerbs = { approve: 'authorises', deny: 'declines', abandon: 'leaves the page for' } as const
const expectedEnd = { approve: null, deny: 'ACCESS_DENIED', abandon: 'ACCESS_TIMEOUT' } as const

const authorise: StepKind<'authorise'> = {
  text: ({ authorise: what, customer, decision }, run) => `${customer} ${authoriseVerbs[decision]} ${shown(what, run)}`,
  async make(step, run) {
    const end = expectedEnd[step.decision]
    try {
      for await (const event of await authorisation(step, run))
        if (event.type === 'grant') run.grants.set(step.grant, event.grant.id)
    } catch (error) {
      if (fromWire(error).code === end) return null
      throw error
    }
    return null
  },
}

/** Seconds; the recipe is over long before. */
const expiresIn = 3600

const enter: StepKind<'enter'> = {
  text: () => 'Enters a token',
  async make({ enter: token, scope, grant, by }, run) {
    const identity = by === nothing ? {} : { identity: identityNamed(run, by).id }
    const input = { bank: run.bank.id, environment: 'sandbox', token: fill(token, run), expiresIn, ...identity }
    const entered = await run.client.access.enter(scope === undefined ? input : { ...input, scope: fill(scope, run) })
    run.grants.set(grant, entered.id)
    return null
  },
}

const refresh: StepKind<'refresh'> = {
  text: ({ refresh: grant }) => `Refreshes ${grant}`,
  async make({ refresh: grant }, run) {
    await run.client.access.refresh({ grant: grantNamed(run, grant) }, run.options)
    return null
  },
}

const clickVerbs = { approve: 'approves', deny: 'declines', abandon: 'gives up' } as const

const click: StepKind<'click'> = {
  text: ({ customer, decision, refused }) =>
    refused ? `The bank turns ${customer} away` : `${customer} ${clickVerbs[decision]} on a page of the bank`,
  async make(step, run) {
    await clickAndComeBack(step, run)
    return null
  },
}

const clock: StepKind<'clock'> = {
  text: ({ clock: seconds }) => `Moves the clock ahead by ${seconds} s`,
  async make({ clock: seconds, by }, run) {
    const { organisation } = identityNamed(run, by)
    const offsetSeconds = (run.clocks.get(organisation) ?? 0) + seconds
    run.clocks.set(organisation, offsetSeconds)
    await run.client.sandbox.clock({ tenant: organisation, offsetSeconds })
    return null
  },
}

const switchOn: StepKind<'switch'> = {
  text: ({ switch: name }) => `Switches ${name} on`,
  async make({ switch: name, by }, run) {
    const { organisation } = identityNamed(run, by)
    const names = [...(run.switches.get(organisation) ?? []), name]
    run.switches.set(organisation, names)
    await run.client.sandbox.switches({ tenant: organisation, set: { [run.bank.id]: names } })
    return null
  },
}

const kinds: { readonly [Name in Kind]: StepKind<Name> } = {
  call,
  register,
  authorise,
  enter,
  refresh,
  click,
  clock,
  switch: switchOn,
}

function kindOf(step: RecipeStep): StepKind<Kind> {
  const name = (Object.keys(kinds) as Kind[]).find((each) => each in step)
  if (name === undefined) throw new Fault('INTERNAL', 'A step of a recipe is of no kind.')
  return kinds[name] as StepKind<Kind>
}

/** One sentence without its full stop, for people who watch. */
export const stepText = (step: RecipeStep, run: RecipeRun): string => kindOf(step).text(step as StepOf<Kind>, run)

/** Throws StepRefused where the bank answered otherwise than the recipe wants, and whatever stopped the step. */
export const makeStep = (step: RecipeStep, run: RecipeRun): Promise<Made | null> =>
  kindOf(step).make(step as StepOf<Kind>, run)
