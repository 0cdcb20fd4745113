/** What a tenant has at the simulated ICA Banken, in words. */
import { type BankSections, byTime, item, money } from '#sandbox/state/state-view.ts'
import { type Tenant, tenantNow } from '#sandbox/state/tenants.ts'
import type { SandboxItem } from '#shared/sandbox-state.ts'
import { standingOf } from './balances.ts'
import { findCustomer, icaCustomers } from './customers.ts'
import { type Grant, type IcaState, icaStateOf } from './ica-state.ts'
import { paymentStatus, wantedDay } from './payment-status.ts'
import { accessTokenSeconds, isConsentOver } from './token-request.ts'

const nameOf = (ssn: string): string => findCustomer(ssn)?.name ?? 'an unknown customer'

const accounts = (tenant: Tenant): SandboxItem[] =>
  icaCustomers.flatMap((customer) =>
    customer.accounts.map((account) => {
      const { booked, available } = standingOf(tenant, account)
      return item({
        id: account.resourceId,
        title: `${account.name}, ${customer.name}`,
        status: null,
        facts: {
          product: account.product,
          iban: account.iban,
          booked: money(booked, 'SEK'),
          available: money(available, 'SEK'),
          'can be paid from': account.debitable,
          'KYC outstanding': customer.outstandingKyc,
        },
      })
    }),
  )

const payments = ({ payments: all }: IcaState, now: number): SandboxItem[] =>
  byTime(Object.values(all), ({ createdAt }) => createdAt).map((payment) =>
    item({
      id: payment.id,
      title: `${payment.content.instructedAmount.amount} ${payment.content.instructedAmount.currency} to ${payment.content.creditorName}`,
      status: paymentStatus(payment, now),
      times: { created: payment.createdAt, signed: payment.signedAt },
      facts: {
        customer: nameOf(payment.ssn),
        product: payment.product,
        kind: payment.kind,
        day: wantedDay(payment),
        frequency: payment.content.frequency,
        basket: payment.basket,
      },
    }),
  )

const baskets = ({ baskets: all }: IcaState): SandboxItem[] =>
  Object.values(all).map((basket) =>
    item({
      id: basket.id,
      title: `Basket of ${basket.payments.length}, ${nameOf(basket.ssn)}`,
      status: basket.signedAt === null ? 'RCVD' : 'ACTC',
      times: { signed: basket.signedAt },
      facts: { payments: basket.payments.join(' ') },
    }),
  )

const standing = (grant: Grant, now: number): string =>
  grant.revoked !== null ? 'revoked' : isConsentOver(grant, now) ? 'over' : 'valid'

const consents = ({ grants }: IcaState, now: number): SandboxItem[] =>
  byTime(Object.values(grants), ({ authenticatedAt }) => authenticatedAt).map((grant) =>
    item({
      id: grant.id,
      title: `${grant.scope}, ${nameOf(grant.ssn)}`,
      status: standing(grant, now),
      times: { authenticated: grant.authenticatedAt },
      facts: { customer: nameOf(grant.ssn), scope: grant.scope, revoked: grant.revoked },
    }),
  )

function tokens({ grants, codes, accessTokens, refreshTokens }: IcaState, now: number): SandboxItem[] {
  const ofGrant = (id: string): string => (grants[id] ? `${grants[id].scope}, ${nameOf(grants[id].ssn)}` : 'a consent')
  const isLive = (id: string): boolean => grants[id] !== undefined && standing(grants[id], now) === 'valid'
  const access = byTime(Object.values(accessTokens), ({ issuedAt }) => issuedAt).map(({ grant, issuedAt }) => {
    const ends = issuedAt + accessTokenSeconds * 1000
    return item({
      id: grant,
      title: `Access token: ${ofGrant(grant)}`,
      status: isLive(grant) && now < ends ? 'valid' : 'over',
      times: { issued: issuedAt, ends },
      facts: { 'bound to a certificate': true },
    })
  })
  const refresh = Object.values(refreshTokens).map(({ grant, used }) =>
    item({
      id: grant,
      title: `Refresh token: ${ofGrant(grant)}`,
      status: used ? 'used' : isLive(grant) ? 'unused' : 'over',
    }),
  )
  const unused = Object.values(codes).filter(({ grant }) => grant === null)
  const open = unused.map(({ ssn, scope, issuedAt }) =>
    item({ id: '-', title: `Code: ${scope}, ${nameOf(ssn)}`, status: 'not redeemed', times: { issued: issuedAt } }),
  )
  return [...access, ...refresh, ...open]
}

export function showIcaState(tenant: Tenant): Partial<BankSections> {
  const state = icaStateOf(tenant)
  const now = tenantNow(tenant)
  return {
    accounts: accounts(tenant),
    payments: payments(state, now),
    baskets: baskets(state),
    consents: consents(state, now),
    tokens: tokens(state, now),
  }
}
