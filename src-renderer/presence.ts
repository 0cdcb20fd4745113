/** Whether a customer is there while calls are made about them, and from which address: one answer per customer, for every view. */
import { create } from 'zustand'
import type { Grant } from '#shared/contract/access.ts'
import type { BankDetail, BankView } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { keep, useApp } from './app-state.ts'
import { bankDetail, banks } from './live-data.ts'

/** Documentation range (RFC 5737): the local sandbox's customers are nowhere. */
export const sandboxCustomerAddress = '192.0.2.7'

export interface Presence {
  /** Header that says it, as the bank's data names it; null where no call of it can. */
  readonly header: string | null
  readonly present: boolean
  /** Empty where nobody typed one: then nothing is sent, whatever `present` is. */
  readonly address: string
  readonly setPresent: (present: boolean) => void
  readonly setAddress: (address: string) => void
  /** What goes along with a call of such an operation; the engine leaves it out of calls that cannot take it. */
  readonly forCall: (operation: string) => Readonly<Record<string, string>>
  readonly parameters: Readonly<Record<string, string>>
}

/** The addresses are about persons: they live as long as the window. */
const useAddresses = create<Readonly<Record<string, string>>>(() => ({}))

const kept = 'customers away'

/** Those who are away, by what stands for them; a customer is present until a person says otherwise. */
function awayIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** More than anybody has open at a time; the list is kept with the window. */
const mostAway = 200

export function setPresent(customer: string, present: boolean): void {
  const others = awayIn(useApp.getState().kept[kept]).filter((each) => each !== customer)
  keep(kept, present ? others : [...others, customer].slice(-mostAway))
}

export const setAddress = (customer: string, address: string): void => useAddresses.setState({ [customer]: address })

/** What a creation said of its customer holds for the calls about what it created. */
export function takeAddress(customer: string, header: string | null, { request }: Pick<Exchange, 'request'>): void {
  const sent = request.headers.find(([name]) => name.toLowerCase() === header?.toLowerCase())?.[1]
  if (sent !== undefined) setAddress(customer, sent)
}

/** What stands for the customer of a grant: their consent or payment where the grant is for one, so that every view means the same. */
export function customerOfGrant(grant: Grant, things: readonly Remembered[]): string {
  const about = things.find(
    ({ id, resource, bank, environment }) =>
      bank === grant.bank &&
      environment === grant.environment &&
      ([id, resource].includes(grant.consent ?? '') || grant.scope.endsWith(`:${resource}`)),
  )
  return about?.id ?? grant.id
}

const nothing: Readonly<Record<string, string>> = {}

function addressOf(typed: string | undefined, all: readonly BankView[], bank: string, environment: string): string {
  const here = all.find(({ id }) => id === bank)?.environments.find(({ id }) => id === environment)
  return typed ?? (here?.kind === 'local-sandbox' ? sandboxCustomerAddress : '')
}

const parametersOf = (header: string | null, away: boolean, address: string): Readonly<Record<string, string>> =>
  header === null || away || address === '' ? nothing : { [header]: address }

/** The same at this moment, outside of what is shown. */
export function presenceNow({ id, bank, environment }: Pick<Remembered, 'id' | 'bank' | 'environment'>) {
  const header = bankDetail(bank).getState().value?.presence?.header ?? null
  const away = awayIn(useApp.getState().kept[kept]).includes(id)
  return parametersOf(
    header,
    away,
    addressOf(useAddresses.getState()[id], banks.getState().value ?? [], bank, environment),
  )
}

/**
 * @param customer what stands for them: our id of their consent or payment, or of the grant they gave
 * @param header where a view knows better than the bank's data
 */
export function usePresence(
  bank: Pick<BankDetail, 'id' | 'presence'>,
  environment: string,
  customer: string,
  header = bank.presence?.header ?? null,
): Presence {
  const away = useApp((state) => awayIn(state.kept[kept]).includes(customer))
  const address = addressOf(useAddresses()[customer], banks().value ?? [], bank.id, environment)
  const parameters = parametersOf(header, away, address)
  return {
    header,
    present: !away,
    address,
    setPresent: (present) => setPresent(customer, present),
    setAddress: (next) => setAddress(customer, next.trim()),
    forCall: (operation) => (bank.presence?.takenBy.includes(operation) === true ? parameters : nothing),
    parameters,
  }
}
