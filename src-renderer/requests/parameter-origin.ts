/** Where the value of a parameter comes from, in one word. */
import type { OperationDetail, ParameterView } from '#shared/contract/banks.ts'
import { isFilledWhenEmpty } from './parameter-problem.ts'

export type Origin = 'yours' | 'signing' | 'computed' | 'environment' | 'needed' | 'not sent' | 'left out'

/** Whether the signature makes it: the engine's own word for it, in a bank that wants its requests signed. */
export const isMadeBySigning = ({ signed }: Pick<OperationDetail, 'signed'>, { computed }: ParameterView): boolean =>
  signed && /\bwhen the request is signed\b/.test(computed ?? '')

export function originOf(detail: Pick<OperationDetail, 'signed'>, parameter: ParameterView, value: string): Origin {
  if (value !== '') return 'yours'
  if (parameter.value !== null) return 'environment'
  if (isFilledWhenEmpty(parameter)) return isMadeBySigning(detail, parameter) ? 'signing' : 'computed'
  return parameter.required ? 'needed' : 'not sent'
}
