/** The fault codes a method can answer, in the form the contract wants them. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { type FaultCode, faults } from '../fault.ts'

const detailsSchema = z.record(z.string(), z.unknown())
type Answers<Code extends FaultCode> = { [K in Code]: { message: string; data: typeof detailsSchema } }

/** Declares fault codes; their `data` is the fault's details. */
export function answers<const Code extends FaultCode>(...codes: Code[]): Answers<Code> {
  const entries = codes.map((code) => [code, { message: faults[code].sentence, data: detailsSchema }])
  return Object.fromEntries(entries) as Answers<Code>
}

/** Where every method starts: input can be wrong, the data folder can be unwritable, and we can have bugs. */
export const method = oc.errors(answers('INPUT_INVALID', 'DATA_UNWRITABLE', 'DATA_DAMAGED', 'DATA_NEWER', 'INTERNAL'))

/** What any call that opens the key store can answer. */
export const keyStoreAnswers = answers(
  'KEYCHAIN_ABSENT',
  'KEYCHAIN_LOCKED',
  'KEYCHAIN_DENIED',
  'KEYCHAIN_FAILED',
  'SECRET_ABSENT',
  'SECRET_DAMAGED',
  'SECRET_SWAPPED',
  'SECRET_STALE',
  'SECRET_TOO_LARGE',
  'VAULT_PASSPHRASE_MISSING',
  'VAULT_PASSPHRASE_WRONG',
  'VAULT_PASSPHRASE_SHORT',
  'VAULT_REFUSED',
  'BUSY',
)

/** What any call that goes to a bank can answer when no HTTP answer came back. */
export const transportAnswers = answers(
  'NETWORK_PROXY',
  'NETWORK_DNS',
  'NETWORK_REFUSED',
  'NETWORK_UNREACHABLE',
  'NETWORK_RESET',
  'RESPONSE_MALFORMED',
  'RESPONSE_TOO_LARGE',
  'DEADLINE',
  'TLS_FAILED',
  'TLS_NAME',
  'TLS_CHAIN',
  'TLS_EXPIRED',
  'TLS_VERSION',
  'TLS_NOT_SPOKEN',
  'TLS_CLIENT_CERTIFICATE',
  'CANCELLED',
)

/** What naming a bank, an environment or an identity can answer. */
export const targetAnswers = answers(
  'BANK_UNKNOWN',
  'ENVIRONMENT_UNKNOWN',
  'ENVIRONMENT_INCOMPLETE',
  'OPERATION_UNKNOWN',
  'IDENTITY_MISSING',
  'IDENTITY_UNKNOWN',
  'SANDBOX_DOWN',
  'SANDBOX_FAILED',
)
