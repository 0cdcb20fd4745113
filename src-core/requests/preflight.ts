/** Findings before a call leaves: what the bank would answer with an error, known beforehand. */
import { anyIdentity } from '#shared/any-identity.ts'
import type { Finding } from '#shared/contract/requests.ts'
import type { Prepared } from './prepared.ts'

type Rule = (prepared: Prepared, now: number) => Finding | null

const day = 86_400_000

const certificateDates: Rule = ({ identity }, now) => {
  if (identity === null) return null
  const left = Date.parse(identity.notAfter) - now
  if (left <= 0) {
    return {
      id: 'certificate-expired',
      severity: 'error',
      message: `The certificate of ${identity.name} expired on ${identity.notAfter}.`,
      remedy: 'Order or import a new certificate and register it with the bank.',
    }
  }
  if (Date.parse(identity.notBefore) > now) {
    return {
      id: 'certificate-not-yet-valid',
      severity: 'error',
      message: `The certificate of ${identity.name} is valid from ${identity.notBefore} only.`,
      remedy: 'Wait, or check the clock of this machine.',
    }
  }
  const days = Math.ceil(left / day)
  if (days > 30) return null
  return {
    id: 'certificate-expiring',
    severity: days > 7 ? 'note' : 'warning',
    message: `The certificate of ${identity.name} ends in ${days} ${days === 1 ? 'day' : 'days'}.`,
    remedy: 'Renew it at the QTSP in time.',
  }
}

const certificateKind: Rule = ({ identity, bank, operation }) =>
  identity === null || identity.kind === 'QWAC' || bank.profile.hosts[operation.host]?.clientCertificate !== 'QWAC'
    ? null
    : {
        id: 'certificate-kind',
        severity: 'warning',
        message: `${identity.name} is ${identity.kind === 'QSEAL' ? 'a QSEAL' : 'neither QWAC nor QSEAL'}; the bank expects a QWAC on the connection.`,
        remedy: 'Choose an identity with a QWAC.',
      }

const certificateMissing: Rule = ({ identity, bank, operation }) =>
  identity !== null || bank.profile.hosts[operation.host]?.clientCertificate !== 'QWAC'
    ? null
    : {
        id: 'certificate-missing',
        severity: 'error',
        message: 'The bank asks for a client certificate here and none will be sent.',
        remedy: 'Choose an identity.',
      }

const signatureMissing: Rule = ({ identity, bank, operation, headers }) => {
  const { signing } = bank.profile
  if (identity !== null || signing.scheme === 'none' || !bank.signs(operation)) return null
  const name = signing.scheme === 'detached-jws' ? signing.header : 'Signature'
  if (headers.some(([other]) => other.toLowerCase() === name.toLowerCase())) return null
  return {
    id: 'signature-missing',
    severity: 'error',
    message: `The bank wants the request signed (${name}) and it will not be.`,
    remedy: 'Choose an identity.',
  }
}

const tokenMissing: Rule = ({ grant, scope, headers, operation }) =>
  grant !== null ||
  scope === null ||
  operation.tokenOptional ||
  headers.some(([name]) => name.toLowerCase() === 'authorization')
    ? null
    : {
        id: 'token-missing',
        severity: 'error',
        message: `The call needs a token of scope ${scope} and none will be sent.`,
        remedy: `Authorise scope ${scope}.`,
      }

const tokenAge: Rule = ({ grant }, now) => {
  if (grant === null) return null
  const left = Math.floor((Date.parse(grant.accessTokenExpiresAt) - now) / 1000)
  if (left <= 0)
    return {
      id: 'token-expired',
      severity: 'error',
      message: `The access token ended ${-left} s ago.`,
      remedy: `Refresh it: tpp access refresh ${grant.id}`,
    }
  if (left < 60)
    return {
      id: 'token-ending',
      severity: 'warning',
      message: `The access token ends in ${left} s.`,
      remedy: `Refresh it: tpp access refresh ${grant.id}`,
    }
  return null
}

const tokenScope: Rule = ({ grant, scope }) =>
  grant === null || scope === null || grant.scope.split(' ').includes(scope)
    ? null
    : {
        id: 'token-scope',
        severity: 'warning',
        message: `The token has scope ${grant.scope}; this call needs ${scope}.`,
        remedy: `Authorise scope ${scope}.`,
      }

const tokenIdentity: Rule = ({ grant, identity }) =>
  grant === null || identity === null || [identity.id, anyIdentity].includes(grant.identity)
    ? null
    : {
        id: 'token-identity',
        severity: 'error',
        message: 'The token was issued to another identity and is bound to its certificate (RFC 8705 section 3).',
        remedy: 'Use the identity the grant was made with.',
      }

const tokenCertificate: Rule = ({ grant, identity }) =>
  grant?.boundTo == null || identity === null || grant.boundTo === identity.sha256
    ? null
    : {
        id: 'token-certificate',
        severity: 'error',
        message: `The token is bound to another certificate (SHA-256 ${grant.boundTo.slice(0, 16)}…) than ${identity.name} has now (RFC 8705 section 3).`,
        remedy: 'Authorise again with this certificate, or use the one the grant was made with.',
      }

const unattended: Rule = ({ bank, operation, headers, grant }) => {
  const quota = bank.profile.unattended
  if (quota === undefined) return null
  const header = quota.presentHeader.toLowerCase()
  const takesHeader =
    operation.method === 'GET' &&
    operation.parameters.some((parameter) => parameter.in === 'header' && parameter.name.toLowerCase() === header)
  if (!takesHeader || headers.some(([name]) => name.toLowerCase() === header)) return null
  const used = grant?.unattendedUsed ?? 0
  if (used >= quota.perDay)
    return {
      id: 'unattended-used-up',
      severity: 'error',
      message: `${used} calls without the customer were made with this grant today (UTC); the bank allows ${quota.perDay}.`,
      remedy: `Send ${quota.presentHeader} when the customer is asking, or wait for the next day.`,
    }
  return {
    id: 'unattended',
    severity: 'note',
    message: `Without ${quota.presentHeader} this counts as a call without the customer: at most ${quota.perDay} a day, ${used} used.`,
    remedy: `Send ${quota.presentHeader} when the customer is asking.`,
  }
}

const simulated: Rule = ({ operation, environment }) =>
  environment.kind !== 'local-sandbox' || operation.availability?.['local-sandbox'] !== 'simulated'
    ? null
    : {
        id: 'simulated',
        severity: 'note',
        message: `Simulated: the bank does not offer this. ${operation.availability.reason}`,
      }

const rules: readonly Rule[] = [
  certificateMissing,
  certificateDates,
  certificateKind,
  signatureMissing,
  tokenMissing,
  tokenAge,
  tokenScope,
  tokenIdentity,
  tokenCertificate,
  unattended,
  simulated,
]

/** `now` in milliseconds since 1970. */
export function preflight(prepared: Prepared, now: number): Finding[] {
  return [...prepared.findings, ...rules.flatMap((rule) => rule(prepared, now) ?? [])]
}
