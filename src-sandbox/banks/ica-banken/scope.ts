/** The four scopes, what they allow, and what they say in words. */
import type { Tenant } from '#sandbox/state/tenants.ts'
import { icaStateOf, type Payment } from './ica-state.ts'

export type Scope =
  | { readonly kind: 'account' | 'payment' }
  | { readonly kind: 'basket' | 'payment_delete'; readonly id: string }

const pattern = /^(basket|payment_delete):([^\s:]+)$/

/** Null where one element does not fit the grammar. */
export function parseScope(text: string): Scope[] | null {
  const scopes = text.split(' ').map((element): Scope | null => {
    if (element === 'account' || element === 'payment') return { kind: element }
    const [, kind, id] = pattern.exec(element) ?? []
    return kind && id ? { kind: kind as 'basket' | 'payment_delete', id } : null
  })
  return scopes.every((scope) => scope !== null) && new Set(text.split(' ')).size === scopes.length ? scopes : null
}

export const scopeAllows = (granted: string, wanted: string): boolean => granted.split(' ').includes(wanted)

/** Why this customer cannot be asked for the scope; null where he can. */
export function scopeObstacle(tenant: Tenant, ssn: string, scope: Scope): string | null {
  const state = icaStateOf(tenant)
  if (scope.kind === 'basket') {
    const basket = state.baskets[scope.id]
    if (basket?.ssn !== ssn) return `this customer has no basket ${scope.id}`
    return basket.signedAt === null ? null : `basket ${scope.id} is signed already`
  }
  if (scope.kind === 'payment_delete' && state.payments[scope.id]?.ssn !== ssn)
    return `this customer has no payment ${scope.id}`
  return null
}

export interface ScopeInWords {
  readonly sentence: string
  /** The payments it is about. */
  readonly payments: readonly string[]
}

function paymentInWords({ content, kind }: Payment): string {
  const { creditorName, instructedAmount, requestedExecutionDate, startDate } = content
  const what = `${instructedAmount.amount} ${instructedAmount.currency} to ${creditorName}`
  if (kind === 'periodic') return `${what} every month, from ${startDate}`
  return `${what}, ${requestedExecutionDate ? `on ${requestedExecutionDate}` : 'today'}`
}

export function scopeInWords(tenant: Tenant, scope: Scope): ScopeInWords {
  const state = icaStateOf(tenant)
  const payments = (ids: readonly string[]): string[] =>
    ids.flatMap((id) => (state.payments[id] ? [paymentInWords(state.payments[id])] : []))
  switch (scope.kind) {
    case 'account':
      return { sentence: 'Read your accounts, balances and transactions for 90 days.', payments: [] }
    case 'payment':
      return {
        sentence: 'Prepare payments from your accounts and follow them. Nothing is paid until you sign it.',
        payments: [],
      }
    case 'basket':
      return { sentence: 'Sign these payments:', payments: payments(state.baskets[scope.id]?.payments ?? []) }
    case 'payment_delete':
      return { sentence: 'Delete this payment:', payments: payments([scope.id]) }
  }
}
