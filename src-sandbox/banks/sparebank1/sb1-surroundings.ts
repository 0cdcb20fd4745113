/** What every part of the simulated SpareBank 1 works with: its signature profile, its error body and its switches. */
import { randomInt } from 'node:crypto'
import { Refused } from '#sandbox/bank/refused.ts'
import type { BankSurroundings } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, jsonAnswer } from '#sandbox/net/answer.ts'
import type { HttpSignatureProfile } from '#sandbox/signatures/http-signature.ts'
import { isSwitchedOn, type Tenant } from '#sandbox/state/tenants.ts'
import { sb1Id } from './sb1-state.ts'

/** Faults inside the bank that no client can cause. */
export const sb1Switches = ['system-error', 'strict-query', 'consent-invalid', 'consent-expired'] as const
export type Sb1Switch = (typeof sb1Switches)[number]

export const sb1Signature: HttpSignatureProfile = {
  required: ['date', 'digest', 'x-request-id'],
  whenPresent: ['psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
  // The page demands the certificate's own algorithm and says that it should be rsa-sha256.
  algorithms: ['rsa-sha256', 'rsa-sha512', 'ecdsa-sha256'],
  digests: ['SHA-256', 'SHA-512'],
  issuerLabel: 'CA',
  issuerForm: 'rfc2253',
  schemeWord: false,
  encodedWord: true,
  // The page says base64 and not of what.
  certificateForms: ['der', 'pem'],
  // Nor does it say that the signing certificate is another one than that of the connection.
  certificateKinds: ['QSEAL', 'QWAC'],
}

export interface Sb1Surroundings extends BankSurroundings {
  /** A row of the error table as an answer. @param message only where the bank's text is needed to know what to do. */
  refusal(row: string, reason: string, message?: string): Answer
  /** Ends the request with a row of the error table. */
  refuse(row: string, reason: string, message?: string): never
  isOn(tenant: Tenant, name: Sb1Switch): boolean
}

const errorNumber = (): string => String(randomInt(1_000_000_000, 9_999_999_999))

export function sb1Surroundings(surroundings: BankSurroundings): Sb1Surroundings {
  const refusal: Sb1Surroundings['refusal'] = (row, reason, message) => {
    const { status, code } = surroundings.rows.read(row)
    const body = { id: errorNumber(), system: 'ERA-PSD2', status, code, ...(message ? { message } : {}) }
    return jsonAnswer(status, body, `${row}: ${reason}`)
  }
  return {
    ...surroundings,
    refusal,
    refuse: (row, reason, message) => {
      throw new Refused(refusal(row, reason, message))
    },
    isOn: (tenant, name) => isSwitchedOn(tenant, sb1Id, name),
  }
}
