/** Finds the consent or payment a call is about: one's own, another TPP's, or none. */
import type { Tenants } from '#sandbox/state/tenants.ts'
import type { BogCall } from './admission.ts'
import { type Consent, type Payment, peekBogState } from './bog-state.ts'
import type { BogSurroundings } from './bog-surroundings.ts'

const isElsewhere = (tenants: Tenants, kind: 'consents' | 'payments', id: string): boolean =>
  tenants.all().some((tenant) => Object.hasOwn(peekBogState(tenant)?.[kind] ?? {}, id))

const own = <T>(table: Record<string, T>, id: string): T | undefined =>
  Object.hasOwn(table, id) ? table[id] : undefined

/** The id came in the path: 403 where it is another TPP's (the framework's rule), 404 where there is none. */
export function consentInPath(bog: BogSurroundings, call: BogCall): Consent {
  const id = call.parameter('consentId')
  const consent = own(call.state.consents, id)
  if (consent) return consent
  if (isElsewhere(bog.tenants, 'consents', id))
    return call.refuse('403-consent-unknown', {
      reason: 'the consent was created by another TPP',
      text: 'There is no such consent of this TPP',
      path: 'consentId',
    })
  return call.refuse('404-resource-unknown', { reason: 'there is no such consent', path: 'consentId' })
}

/** The id came in the header: 400 where there is none. */
export function consentInHeader(bog: BogSurroundings, call: BogCall): Consent | null {
  const id = call.header('consent-id')
  if (id === undefined) return null
  const consent = own(call.state.consents, id)
  if (consent) return consent
  const path = 'Consent-ID'
  if (isElsewhere(bog.tenants, 'consents', id))
    return call.refuse('403-consent-unknown', {
      reason: 'the consent was created by another TPP',
      text: 'There is no such consent of this TPP',
      path,
    })
  return call.refuse('400-consent-unknown', { reason: 'there is no such consent', path })
}

export function paymentInPath(bog: BogSurroundings, call: BogCall): Payment {
  const id = call.parameter('paymentId')
  const path = 'paymentId'
  const payment = own(call.state.payments, id)
  if (!payment) {
    if (isElsewhere(bog.tenants, 'payments', id))
      return call.refuse('403-resource-unknown', {
        reason: 'the payment was created by another TPP',
        text: 'There is no such payment of this TPP',
        path,
      })
    return call.refuse('404-resource-unknown', { reason: 'there is no such payment', path })
  }
  if (payment.service !== call.parameter('payment-service'))
    call.refuse('400-service-invalid', {
      reason: `the payment was created with the service ${payment.service}`,
      path: 'payment-service',
    })
  if (payment.product !== call.parameter('payment-product'))
    call.refuse('404-resource-unknown', {
      reason: `the payment was created with the product ${payment.product}`,
      path: 'payment-product',
    })
  return payment
}
