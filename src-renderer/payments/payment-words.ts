/** What the views of payments and of recurring payments call things. */
import type { Remembered } from '#shared/contract/followed.ts'

export type PaymentKind = Extract<Remembered['kind'], 'payment' | 'recurring-payment'>

export interface PaymentWords {
  readonly title: string
  readonly one: string
  readonly add: string
  readonly create: string
  readonly none: string
  readonly remove: string
}

export const paymentWords: Readonly<Record<PaymentKind, PaymentWords>> = {
  payment: {
    title: 'Payments',
    one: 'payment',
    add: 'New payment',
    create: 'Create the payment',
    none: 'No payment was created here',
    remove: 'Delete or cancel',
  },
  'recurring-payment': {
    title: 'Recurring payments',
    one: 'mandate',
    add: 'New mandate',
    create: 'Create the mandate',
    none: 'No mandate was created here',
    remove: 'End the mandate',
  },
}
