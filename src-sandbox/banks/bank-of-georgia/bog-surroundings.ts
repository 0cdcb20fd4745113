/** What every part of the simulated Bank of Georgia works with: its error rows, switches and links. */
import { Refused } from '#sandbox/bank/refused.ts'
import type { BankSurroundings, PlainCall } from '#sandbox/bank/simulated-bank.ts'
import { isSwitchedOn, type Tenant } from '#sandbox/state/tenants.ts'
import { bogBankId } from './bog-state.ts'
import { tppErrors } from './tpp-errors.ts'

/** What a tenant's bank can be told to ask for. */
export const bogSwitches = ['signature-mandatory'] as const
export type BogSwitch = (typeof bogSwitches)[number]

export type Area = 'pis' | 'ais'

export interface Refusal {
  /** Why, for the log. */
  readonly reason: string
  /** Why, for the TPP; the reason where left out. */
  readonly text?: string
  /** The parameter or field it is about. */
  readonly path?: string
}

export interface BogSurroundings extends BankSurroundings {
  /** Ends the request with a row of the error table, named without bank and area, such as `401-token-unknown`. */
  refuse(area: Area, row: string, refusal: Refusal, call?: Pick<PlainCall, 'received'>): never
  isOn(tenant: Tenant, name: BogSwitch): boolean
  /** An absolute path on the interface's host, as links have it. */
  link(path: string): { readonly href: string }
  /** The authorisation server: its issuer and where its documents and endpoints are. */
  oauth(): OauthAddresses
}

export interface OauthAddresses {
  readonly issuer: string
  readonly metadata: string
  readonly token: string
  readonly authorize: string
}

export const metadataPath = '/.well-known/oauth-authorization-server'
export const tokenPath = '/oauth2/token'
export const authorizePath = '/oauth2/authorize'

export const bogSurroundings = (surroundings: BankSurroundings): BogSurroundings => ({
  ...surroundings,
  refuse: (area, row, refusal, call) => {
    throw new Refused(tppErrors(surroundings.rows.read(`bog-${area}-${row}`), `bog-${area}-${row}`, refusal, call))
  },
  isOn: (tenant, name) => isSwitchedOn(tenant, bogBankId, name),
  link: (path) => ({ href: `${new URL(surroundings.baseUrl('xs2a')).pathname.replace(/\/$/, '')}${path}` }),
  oauth: () => {
    const metadata = surroundings.baseUrl('authorization-server')
    const issuer = new URL(metadata).origin
    // A person's browser would warn of the sandbox's certificate, so this one page is plain http on this machine.
    const authorize = `${new URL(surroundings.baseUrl('pages')).origin}${authorizePath}`
    return { issuer, metadata, token: issuer + tokenPath, authorize }
  },
})
