/** Everything that can go wrong on our side of the wire, as one class and one table of codes. */

/** Who can do something about a fault. */
export type Actor = 'user' | 'bank' | 'machine' | 'workbench'

interface FaultKind {
  /** One sentence for the user; a thrown Fault usually says it more precisely. */
  readonly sentence: string
  readonly actor: Actor
  /** Exit number of the terminal: 2 usage, 3 something is missing first, 4 key store, 5 network, 6 TLS, 7 access, 8 sandbox, 9 data folder, 10 cancelled, 70 a bug. */
  readonly exit: number
}

const kind = (exit: number, actor: Actor, sentence: string): FaultKind => ({ exit, actor, sentence })

/** The table of codes. A bank's 4xx or 5xx is no fault: it is an exchange. */
export const faults = {
  USAGE: kind(2, 'user', 'The command line could not be understood.'),
  INPUT_INVALID: kind(2, 'user', 'A value does not have the form it needs.'),
  BANK_UNKNOWN: kind(2, 'user', 'There is no bank with this id.'),
  ENVIRONMENT_UNKNOWN: kind(2, 'user', 'The bank has no environment with this id.'),
  OPERATION_UNKNOWN: kind(2, 'user', 'The bank has no operation with this id.'),
  PARAMETER_UNKNOWN: kind(2, 'user', 'The operation has no parameter with this name.'),
  PARAMETER_MISSING: kind(2, 'user', 'A required parameter has no value.'),
  PARAMETER_INVALID: kind(2, 'user', 'A parameter does not fit its schema.'),
  BODY_INVALID: kind(2, 'user', 'The body does not fit the schema of the operation.'),
  HEADER_INVALID: kind(2, 'user', 'A header value cannot be sent.'),
  FILE_UNREADABLE: kind(2, 'user', 'A file could not be read.'),
  ENVIRONMENT_INCOMPLETE: kind(3, 'user', 'The environment has no URL for the host this call needs.'),
  OPERATION_NOT_OFFERED: kind(3, 'bank', 'The bank does not offer this operation.'),
  IDENTITY_MISSING: kind(3, 'user', 'The call needs an identity and none was chosen.'),
  IDENTITY_UNKNOWN: kind(3, 'user', 'There is no identity with this name or id.'),
  IDENTITY_EXISTS: kind(3, 'user', 'An identity with this name exists already.'),
  GRANT_MISSING: kind(3, 'user', 'The call needs a grant with a fitting scope and there is none.'),
  GRANT_UNKNOWN: kind(3, 'user', 'There is no grant with this id.'),
  REGISTRATION_MISSING: kind(3, 'user', 'This identity is not registered with the bank in this environment.'),
  ERROR_UNKNOWN: kind(2, 'user', 'No bank has an error row with this id.'),
  RECIPE_MISSING: kind(3, 'user', 'The error row has no recipe: the sandbox cannot be made to show it.'),
  EXCHANGE_UNKNOWN: kind(3, 'user', 'History has no exchange with this id.'),
  RESEND_INCOMPLETE: kind(3, 'user', 'History does not have everything this call was made of.'),
  KEY_UNREADABLE: kind(4, 'user', 'The private key could not be read.'),
  KEY_PASSPHRASE: kind(4, 'user', 'The private key is encrypted and the passphrase is missing or wrong.'),
  KEY_WEAK: kind(4, 'user', 'The key is too weak to be used.'),
  KEY_MISMATCH: kind(4, 'user', 'The key and the certificate do not belong together.'),
  KEY_UNSUITABLE: kind(4, 'user', 'The key cannot do what the bank asks of a signature.'),
  CERTIFICATE_UNREADABLE: kind(4, 'user', 'The certificate could not be read.'),
  KEYCHAIN_ABSENT: kind(4, 'machine', 'This machine has no keychain that can be reached.'),
  KEYCHAIN_LOCKED: kind(4, 'user', 'The keychain is locked.'),
  KEYCHAIN_DENIED: kind(4, 'user', 'The keychain refused access.'),
  KEYCHAIN_FAILED: kind(4, 'machine', 'The keychain could not do what was asked.'),
  SECRET_ABSENT: kind(4, 'machine', 'The key store has no such secret any more.'),
  SECRET_DAMAGED: kind(4, 'machine', 'A sealed secret does not open: it was changed or damaged.'),
  SECRET_SWAPPED: kind(4, 'machine', 'A sealed secret belongs to another entry.'),
  SECRET_STALE: kind(4, 'machine', 'A sealed secret is an older copy of itself.'),
  SECRET_TOO_LARGE: kind(4, 'user', 'The secret is larger than the key store takes.'),
  VAULT_PASSPHRASE_MISSING: kind(4, 'user', 'The vault needs its passphrase.'),
  VAULT_PASSPHRASE_WRONG: kind(4, 'user', 'The vault does not open with this passphrase.'),
  VAULT_PASSPHRASE_SHORT: kind(4, 'user', 'The passphrase is too short.'),
  VAULT_REFUSED: kind(4, 'machine', 'The vault file was changed in a way that weakens it.'),
  NETWORK_PROXY: kind(5, 'machine', "The environment's proxy did not open the way to the bank."),
  NETWORK_DNS: kind(5, 'machine', 'The host name could not be resolved.'),
  NETWORK_REFUSED: kind(5, 'machine', 'Nothing accepts connections at this address.'),
  NETWORK_UNREACHABLE: kind(5, 'machine', 'The address cannot be reached from here.'),
  NETWORK_RESET: kind(5, 'bank', 'The connection was closed before an answer came.'),
  RESPONSE_MALFORMED: kind(5, 'bank', 'The answer is not valid HTTP.'),
  RESPONSE_TOO_LARGE: kind(5, 'bank', 'The answer is larger than the limit.'),
  DEADLINE: kind(5, 'bank', 'The call took longer than its deadline.'),
  TLS_FAILED: kind(6, 'bank', 'The TLS handshake failed.'),
  TLS_NAME: kind(6, 'bank', 'The server certificate is for another host name.'),
  TLS_CHAIN: kind(6, 'user', 'The server certificate does not lead to a trusted CA.'),
  TLS_EXPIRED: kind(6, 'bank', 'The server certificate is not valid at this time.'),
  TLS_VERSION: kind(6, 'bank', 'The server offers no TLS version of 1.2 or newer.'),
  TLS_NOT_SPOKEN: kind(6, 'user', 'The port does not speak TLS.'),
  TLS_CLIENT_CERTIFICATE: kind(6, 'user', 'The bank probably refused the client certificate.'),
  ACCESS_DENIED: kind(7, 'user', 'The customer or the bank declined the authorisation.'),
  ACCESS_STATE: kind(7, 'user', 'The callback does not belong to this authorisation: its state is wrong.'),
  ACCESS_CALLBACK: kind(7, 'user', 'The callback could not be used.'),
  ACCESS_TIMEOUT: kind(7, 'user', 'No callback came in time.'),
  ACCESS_PORT_TAKEN: kind(7, 'user', 'The port of the registered callback is taken by another program.'),
  ACCESS_TOKEN_REFUSED: kind(7, 'bank', 'The bank refused to issue a token.'),
  ACCESS_TOKEN_LOST: kind(7, 'user', 'The refresh token was used up and its answer lost.'),
  ACCESS_NOT_REFRESHABLE: kind(7, 'user', 'The grant has no refresh token left.'),
  SANDBOX_DOWN: kind(8, 'user', 'The local sandbox is not running.'),
  SANDBOX_RUNNING: kind(8, 'user', 'A local sandbox is already running for this data folder.'),
  SANDBOX_PORT_TAKEN: kind(8, 'user', 'A port the local sandbox needs is taken.'),
  SERVE_DOWN: kind(3, 'user', 'No workbench is being served for this data folder.'),
  SANDBOX_FAILED: kind(8, 'workbench', 'The local sandbox could not do what was asked.'),
  DATA_UNWRITABLE: kind(9, 'machine', 'The data folder cannot be written.'),
  DATA_DAMAGED: kind(9, 'machine', 'A file in the data folder is damaged.'),
  DATA_NEWER: kind(9, 'user', 'The data folder was written by a newer version.'),
  BUSY: kind(9, 'user', 'Another workbench process holds what this one needs.'),
  CANCELLED: kind(10, 'user', 'The call was cancelled.'),
  INTERNAL: kind(70, 'workbench', 'The workbench made a mistake.'),
  IMPORT_REFUSED: kind(2, 'user', 'The file cannot be imported as a bank.'),
  BANK_EXISTS: kind(3, 'user', 'There is a bank with this id already.'),
  BANK_READ_ONLY: kind(2, 'user', 'A bank of the product cannot be changed or removed.'),
  FLOW_UNKNOWN: kind(3, 'user', 'There is no half-finished authorisation with this id.'),
  RESOURCE_UNKNOWN: kind(3, 'user', 'The workbench remembers no consent, payment or basket with this id.'),
  REPORT_REFUSED: kind(2, 'user', 'The text is no report the workbench can read.'),
  ACCESS_LINK: kind(7, 'bank', 'The answer of the bank has no link the workbench may follow.'),
} as const satisfies Record<string, FaultKind>

export type FaultCode = keyof typeof faults

/** What crosses a process boundary: plain data, no stack and no cause. */
export interface FaultData {
  code: FaultCode
  message: string
  details: Record<string, unknown>
}

/** A refusal or failure with a stable code. `details` is plain data and free of secrets; `cause` stays in this process. */
export class Fault extends Error {
  override readonly name = 'Fault'
  readonly code: FaultCode
  readonly details: Record<string, unknown>

  constructor(code: FaultCode, message?: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message ?? faults[code].sentence, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  toJSON(): FaultData {
    return { code: this.code, message: this.message, details: this.details }
  }
}

export const isFault = (value: unknown): value is Fault => value instanceof Fault

export const isFaultCode = (value: unknown): value is FaultCode =>
  typeof value === 'string' && Object.hasOwn(faults, value)
