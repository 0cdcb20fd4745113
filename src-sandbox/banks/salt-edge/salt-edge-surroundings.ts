/** What every operation of the simulated Salt Edge works with: its signature profile and its way to refuse. */

import { Refused } from '#sandbox/bank/refused.ts'
import type { BankSurroundings, OperationCall, OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, jsonAnswer } from '#sandbox/net/answer.ts'
import {
  type HttpSignatureProfile,
  judgeHttpSignature,
  type SignatureVerdict,
} from '#sandbox/signatures/http-signature.ts'
import { bankNow } from '#sandbox/state/bank-clock.ts'
import { tenantNow } from '#sandbox/state/tenants.ts'
import { type SaltEdgeState, saltEdgeStateOf } from './salt-edge-state.ts'

export const saltEdgeSignature: HttpSignatureProfile = {
  required: ['digest', 'date', 'x-request-id'],
  whenPresent: [],
  algorithms: ['rsa-sha256'],
  digests: ['SHA-256'],
  issuerLabel: 'DN',
  issuerForm: 'one-line',
  schemeWord: true,
  encodedWord: false,
  certificateForms: ['pem'],
  certificateKinds: ['QSEAL'],
}

const certificateInvalid = 'salt-edge-certificate-invalid'
const signatureMalformed = 'salt-edge-signature-malformed'
const signatureInvalid = 'salt-edge-signature-invalid'

const rows: Readonly<Record<Exclude<SignatureVerdict, 'good'>, string>> = {
  'certificate-missing': 'salt-edge-certificate-missing',
  'certificate-unreadable': certificateInvalid,
  'certificate-expired': certificateInvalid,
  'certificate-issuer-unknown': certificateInvalid,
  'certificate-chain-incomplete': certificateInvalid,
  'certificate-revoked': certificateInvalid,
  'certificate-blocked': certificateInvalid,
  'certificate-wrong-kind': certificateInvalid,
  'signature-missing': 'salt-edge-signature-missing',
  'signature-malformed': signatureMalformed,
  'header-not-signed': signatureMalformed,
  'key-id-malformed': signatureMalformed,
  'key-id-differs': signatureInvalid,
  'algorithm-not-accepted': signatureInvalid,
  'digest-differs': signatureInvalid,
  'date-off': signatureInvalid,
  'header-absent': signatureInvalid,
  'not-verifying': signatureInvalid,
}

const judgedAlready = /^\/header\/(digest|date|signature|tpp-signature-certificate)\b/

/** A call whose signature was accepted. */
export interface SignedCall {
  readonly call: OperationCall
  readonly state: SaltEdgeState
  /** The bank behind Salt Edge, as the path names it. */
  readonly provider: string
  /** On the tenant's clock. */
  readonly now: number
}

export interface SaltEdgeSurroundings extends BankSurroundings {
  /** Ends the request with a row of the error table. */
  refuse(row: string, reason: string): never
  /** What does not fit the document, but for the headers of the signature, which were judged already. */
  findings(call: OperationCall): string[]
  /** Lets only signed calls through, and leaves in the log what was made of the signature. */
  signed(handler: (call: SignedCall) => Answer): OperationHandler
}

function attempt(work: () => Answer): Answer {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof Refused) return cause.answer
    throw cause
  }
}

export function saltEdgeSurroundings(surroundings: BankSurroundings): SaltEdgeSurroundings {
  const refusal = (row: string, reason: string): Answer => {
    const { status, code, detail } = surroundings.rows.read(row)
    return jsonAnswer(status, { class: code, code: status, description: detail }, `${row}: ${reason}`)
  }
  return {
    ...surroundings,
    refuse: (row, reason) => {
      throw new Refused(refusal(row, reason))
    },
    findings: ({ operation }) => operation.findings().filter((finding) => !judgedAlready.test(finding)),
    signed: (handler) => (call) => {
      // Not the tenant's clock: a client cannot date its requests into a moved one.
      const by = { trust: surroundings.trust, now: bankNow() }
      const { verdict, reason, trace } = judgeHttpSignature(call.received, saltEdgeSignature, by)
      const { operation, tenant } = call
      const signedCall = {
        call,
        state: saltEdgeStateOf(tenant),
        provider: operation.parameters.provider_code ?? '',
        now: tenantNow(tenant),
      }
      const answer = verdict === 'good' ? attempt(() => handler(signedCall)) : refusal(rows[verdict], reason)
      return { ...answer, signature: trace }
    },
  }
}
