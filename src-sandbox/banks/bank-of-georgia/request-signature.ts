/** Judges x-jws-signature where a request has one, and asks for it where the tenant's bank was told to. */

import type { OperationCall } from '#sandbox/bank/simulated-bank.ts'
import { type JwsJudgement, type JwsVerdict, judgeDetachedJws } from '#sandbox/signatures/jws-signature.ts'
import { bankNow } from '#sandbox/state/bank-clock.ts'
import type { SandboxSignature } from '#shared/sandbox-protocol.ts'
import type { BogSurroundings } from './bog-surroundings.ts'
import { certificateRows, type Obstacle } from './client-certificate.ts'

export interface SignatureOutcome {
  readonly obstacle: Obstacle | null
  /** For the log; undefined where there was nothing to look at. */
  readonly trace: SandboxSignature | undefined
}

const signatureInvalid = '401-signature-invalid'

const rows: Readonly<Record<Exclude<JwsVerdict, 'good'>, string>> = {
  absent: '401-signature-missing',
  malformed: signatureInvalid,
  'certificate-absent': certificateRows.missing,
  'certificate-expired': certificateRows.expired,
  'certificate-issuer-unknown': certificateRows['issuer-unknown'],
  'certificate-chain-incomplete': certificateRows['chain-incomplete'],
  'certificate-revoked': certificateRows.revoked,
  'certificate-blocked': certificateRows.blocked,
  'thumbprint-differs': signatureInvalid,
  'header-not-signed': signatureInvalid,
  'header-absent': signatureInvalid,
  'algorithm-not-accepted': signatureInvalid,
  'digest-differs': signatureInvalid,
  'time-off': '400-timestamp-invalid',
  'not-verifying': signatureInvalid,
}

function obstacleOf({ verdict, reason, certificate }: JwsJudgement, call: OperationCall): Obstacle | null {
  if (verdict !== 'good') return { row: rows[verdict], reason }
  if (certificate?.organizationIdentifier === call.certificate?.organizationIdentifier) return null
  return {
    row: certificateRows['issuer-unknown'],
    reason: `the request was signed by ${certificate?.organizationIdentifier}, the connection is ${call.certificate?.organizationIdentifier}'s`,
  }
}

export function judgeSignature(bog: BogSurroundings, call: OperationCall): SignatureOutcome {
  const { signing } = bog.folder.profile
  if (signing.scheme !== 'detached-jws') return { obstacle: null, trace: undefined }
  const judgement = judgeDetachedJws(
    call.received,
    {
      header: signing.header,
      algorithms: signing.algorithms,
      required: signing.signedHeaders,
      digests: ['SHA-256', 'SHA-512'],
    },
    // The machine's clock: requests are signed now, wherever the tenant's clock stands.
    { trust: bog.trust, now: bankNow() },
  )
  if (judgement.verdict === 'absent' && !bog.isOn(call.tenant, 'signature-mandatory'))
    return { obstacle: null, trace: undefined }
  return { obstacle: obstacleOf(judgement, call), trace: judgement.trace }
}
