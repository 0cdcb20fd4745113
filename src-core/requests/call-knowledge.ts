/** What other areas know about a call: it arrives as functions, each asked only when a rule or a cause needs it. */
import type { CallMemory } from './call-memory.ts'
import type { SendingIdentity } from './prepared.ts'

/** A consent, payment or basket this workbench created, as the last answer told of it. Instants are ISO 8601. */
export interface RememberedResource {
  readonly id: string
  readonly kind: string
  readonly identity: string | null
  /** The bank's id. */
  readonly resource: string
  readonly status: string | null
  readonly createdAt: string
  readonly seenAt: string
  /** When the customer last came back from the bank's page about it; left out or null where nobody went there from here. */
  readonly customerReturnedAt?: string | null
  readonly validUntil: string | null
  readonly frequencyPerDay: number | null
  readonly replacedBy: string | null
  readonly authorisations: readonly { readonly id: string; readonly status: string | null }[]
  /** Names of the links of the last answer that had any. */
  readonly links: readonly string[]
}

export interface KnownRegistration {
  readonly callbackUris: readonly string[]
  readonly registeredAt: string
}

/** A call of history. */
export interface EarlierCall {
  readonly id: string
  readonly at: string
  readonly operation: string
  readonly method: string
  /** Redacted. */
  readonly url: string
  /** null when no answer came. */
  readonly status: number | null
  readonly identity: string | null
}

/** What was sent and answered in one of them, redacted; null where it cannot be read. */
export interface EarlierBodies {
  readonly request: string | null
  readonly response: string | null
}

/** An environment of a bank that an identity belongs to. */
export interface BoundPlace {
  readonly bank: string
  readonly environment: string
  readonly production: boolean
  /** Set up for it, registered with it, or used with it for a customer's grant. */
  readonly by: 'environment' | 'registration' | 'grant'
}

/** Where an identity belongs to, as far as this workbench knows. */
export interface BoundPlaces {
  /** Whether the place of the call is one of them. */
  readonly here: boolean
  /** The other ones. */
  readonly elsewhere: readonly BoundPlace[]
}

export interface CallKnowledge {
  readonly memory: CallMemory
  /** Left out where nobody keeps account of it. */
  places?(
    identity: Pick<SendingIdentity, 'id' | 'name' | 'organizationIdentifier'>,
    bank: string,
    environment: string,
  ): Promise<BoundPlaces>
  /** null where nothing is remembered of it. */
  resource(bank: string, environment: string, kind: string, id: string): Promise<RememberedResource | null>
  registration(bank: string, environment: string, clientId: string): Promise<KnownRegistration | null>
  /** The newest calls of this environment among those of the bank, newest first. */
  earlier(bank: string, environment: string): Promise<readonly EarlierCall[]>
  bodies(call: string): Promise<EarlierBodies | null>
}
