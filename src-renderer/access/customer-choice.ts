/** Who is asked for a grant: what was typed, or a customer of the local sandbox. */
import type { BankDetail } from '#shared/contract/banks.ts'

export interface CustomerChoice {
  /** Name of the sandbox's customer; null: what was typed. */
  readonly name: string | null
  readonly typed: Readonly<Record<string, string>>
  /** The sandbox clicks in the customer's place. */
  readonly click: boolean
  readonly decision: 'approve' | 'deny' | 'abandon'
}

type Parameter = BankDetail['customerParameters'][number]

/** The sentence to stand below the field; the value itself is personal data and not repeated. */
export function customerProblem({ label, pattern }: Parameter, value: string): string | null {
  if (value === '') return 'The bank asks for this.'
  return new RegExp(pattern).test(value) ? null : `This does not have the form of: ${label}.`
}
