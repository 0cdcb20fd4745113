/** Access: registering a TPP with a bank, and the grants its customers give. */
import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { answers, keyStoreAnswers, method, targetAnswers, transportAnswers } from './answers.ts'
import { exchangeSchema } from './exchange.ts'
import {
  challengeEventSchema,
  damagedRecordSchema,
  flowSchema,
  followEventSchema,
  openEventSchema,
  rememberedSchema,
} from './followed.ts'
import { draftSchema, preparationAnswers } from './requests.ts'

const target = {
  bank: z.string(),
  environment: z.string().default('sandbox'),
  /** Name or id of an identity; the only one there is where left out. */
  identity: z.string().optional(),
}

export const registrationSchema = z.object({
  bank: z.string(),
  environment: z.string(),
  identity: z.string(),
  identityName: z.string(),
  clientId: z.string(),
  callbackUris: z.array(z.string()),
  registeredAt: z.iso.datetime(),
})
export type Registration = z.infer<typeof registrationSchema>

/** Tokens of one customer and scope, without the tokens. */
export const grantSchema = z.object({
  id: z.string(),
  bank: z.string(),
  environment: z.string(),
  identity: z.string(),
  identityName: z.string(),
  /** The customer, shortened so that it names nobody: `1972••••••••`. */
  customer: z.string().nullable(),
  scope: z.string(),
  obtainedAt: z.iso.datetime(),
  accessTokenExpiresAt: z.iso.datetime(),
  /** Seconds left, 0 when it is over. */
  accessTokenSecondsLeft: z.int(),
  refreshable: z.boolean(),
  refreshTokenExpiresAt: z.iso.datetime().nullable(),
  /** Certificate the token says it is bound to (RFC 8705 section 3), and whether it is the identity's; null where it says nothing. */
  binding: z.object({ sha256: z.string(), matches: z.boolean().nullable() }).nullable(),
  /** Calls without the customer on this day (UTC); null at a bank that does not count them. */
  unattended: z.object({ day: z.string(), used: z.int(), perDay: z.int() }).nullable(),
  /** The consent or payment it is for, where it is for one. */
  consent: z.string().nullable(),
})
export type Grant = z.infer<typeof grantSchema>

export const authoriseEventSchema = z.discriminatedUnion('type', [
  openEventSchema,
  z.object({ type: z.literal('callback') }),
  /** The customer is back from a page that gives no token. */
  z.object({ type: z.literal('returned') }),
  z.object({ type: z.literal('grant'), grant: grantSchema, exchange: exchangeSchema }),
])
export type AuthoriseEvent = z.infer<typeof authoriseEventSchema>

const accessAnswers = {
  ...answers('OPERATION_NOT_OFFERED', 'REGISTRATION_MISSING', 'ACCESS_PORT_TAKEN'),
  ...targetAnswers,
  ...keyStoreAnswers,
  ...transportAnswers,
}

const grantRef = z.strictObject({ grant: z.string() })
const consentRef = { consent: z.string() }
/** Path, query and header parameters of the calls that are made, such as PSU-IP-Address. */
const parameters = z.record(z.string(), z.string()).default({})
/** Address of the customer who is asking at the moment; it goes out in the header the bank's data names. */
const present = z.string().min(1).optional()

/** How a customer is waited for. */
const patience = {
  /** One of the registered callbacks; the first this machine can listen on where left out. */
  callback: z.string().optional(),
  /** Local sandbox only: this customer clicks through the sandbox's control API instead of a person. */
  psu: z.string().optional(),
  decision: z.enum(['approve', 'deny', 'abandon']).default('approve'),
  /** Seconds to wait for the callback. */
  timeout: z.int().min(1).max(3600).default(300),
}

const authoriseAnswers = {
  ...accessAnswers,
  ...answers(
    'PARAMETER_MISSING',
    'PARAMETER_INVALID',
    'ACCESS_DENIED',
    'ACCESS_STATE',
    'ACCESS_CALLBACK',
    'ACCESS_TIMEOUT',
    'ACCESS_TOKEN_REFUSED',
    'ACCESS_LINK',
  ),
}

const callAnswers = { ...accessAnswers, ...preparationAnswers }

export const access = {
  /** Registers the identity's organisation; "already registered" is a success with `already` true. */
  register: method
    .errors({ ...accessAnswers, ...answers('HEADER_INVALID', 'BODY_INVALID') })
    .input(
      z.strictObject({
        ...target,
        /** Those of the kept registration, or a free loopback port, where left out; an empty list is sent as one. */
        callbackUris: z.array(z.string()).optional(),
        /** False makes the connection without the client certificate, to see what the bank says then. */
        certificate: z.boolean().default(true),
        /** Sent instead of the certificate's own, to see what the bank says then. */
        organizationIdentifier: z.string().min(1).max(256).optional(),
      }),
    )
    .output(
      z.object({
        /** null when the bank declined; `exchange` says why. */
        registration: registrationSchema.nullable(),
        already: z.boolean(),
        exchange: exchangeSchema,
      }),
    ),
  registrations: method.output(z.array(registrationSchema)),
  /** Runs one authorisation until its grant is stored; stopping the stream frees the callback's port and leaves the flow to be resumed. */
  authorise: method
    .errors(authoriseAnswers)
    .input(
      z.strictObject({
        ...target,
        scope: z.string().min(1),
        /** What the bank asks to recognise the customer, by parameter name (`ssn` at ICA). */
        customer: z.record(z.string(), z.string()).default({}),
        ...patience,
      }),
    )
    .output(eventIterator(authoriseEventSchema)),
  /** The same for one consent or payment that was created: by its links, to a token or to the bank's page. */
  authoriseConsent: method
    .errors({ ...authoriseAnswers, ...callAnswers, ...answers('RESOURCE_UNKNOWN') })
    .input(z.strictObject({ ...consentRef, authorisation: z.string().optional(), parameters, present, ...patience }))
    .output(eventIterator(authoriseEventSchema)),
  /** Authorisations that have begun and not ended, oldest first. */
  flows: method.output(z.array(flowSchema)),
  /** Goes on with an abandoned authorisation: its page is opened again, or `callbackUrl` is taken for the customer's return. */
  resume: method
    .errors({ ...authoriseAnswers, ...callAnswers, ...answers('FLOW_UNKNOWN', 'BUSY') })
    .input(z.strictObject({ flow: z.string(), callbackUrl: z.string().max(16_384).optional(), ...patience }))
    .output(eventIterator(z.union([authoriseEventSchema, challengeEventSchema]))),
  /** Forgets an authorisation, and stops it where it runs in this process. A consent stays at the bank: `access.deleteConsent`. */
  abandon: method
    .errors({ ...answers('FLOW_UNKNOWN', 'BUSY'), ...keyStoreAnswers })
    .input(z.strictObject({ flow: z.string() }))
    .output(z.object({ id: z.string(), consent: z.string().nullable() })),
  /** Hands the address the customer's browser ended on to the authorisation that waits for it. */
  paste: method
    .errors(answers('FLOW_UNKNOWN', 'ACCESS_STATE', 'ACCESS_CALLBACK', 'ACCESS_DENIED'))
    .input(z.strictObject({ flow: z.string(), url: z.string().max(16_384) }))
    .output(z.object({ flow: z.string(), accepted: z.literal(true) })),
  /** Sends a call; where the bank answers with a page for the customer, waits for the return and sends the same call anew. */
  challenge: method
    .errors({ ...authoriseAnswers, ...callAnswers })
    .input(
      z.strictObject({
        draft: draftSchema,
        /**
         * Exchange whose answer was such a page: as long as the engine remembers it, that call is gone on with instead of
         * asking anew. It may have named no way back; then `paste` tells of the return with the event's own address.
         */
        exchange: z.string().optional(),
        ...patience,
      }),
    )
    .output(eventIterator(challengeEventSchema)),
  /** A loopback address a customer can be sent back to, for calls that name one (TPP-Redirect-URI). */
  returnAddress: method.input(z.strictObject({ bank: z.string() })).output(z.object({ uri: z.string() })),
  /** Keeps a token that was issued elsewhere. It is sent once and nothing of it comes back. */
  enter: method
    .errors({ ...answers('BANK_UNKNOWN', 'ENVIRONMENT_UNKNOWN', 'IDENTITY_UNKNOWN'), ...keyStoreAnswers })
    .input(
      z.strictObject({
        ...target,
        /** The only one the bank's operations need where left out. */
        scope: z.string().min(1).optional(),
        token: z.string().min(1).max(16_384),
        /** Seconds; what a JWT says where left out. */
        expiresIn: z.int().min(1).max(31_536_000).optional(),
      }),
    )
    .output(grantSchema),
  list: method.output(z.array(grantSchema)),
  /** Records that could not be read; the lists leave them out. */
  damaged: method.output(z.array(damagedRecordSchema)),
  refresh: method
    .errors({
      ...accessAnswers,
      ...answers('GRANT_UNKNOWN', 'ACCESS_TOKEN_REFUSED', 'ACCESS_TOKEN_LOST', 'ACCESS_NOT_REFRESHABLE'),
    })
    .input(grantRef)
    .output(grantSchema),
  /** Forgets the tokens here. ICA offers no revocation endpoint: `atBank` says whether the bank was told. */
  revoke: method
    .errors({ ...answers('GRANT_UNKNOWN'), ...keyStoreAnswers })
    .input(grantRef)
    .output(z.object({ id: z.string(), revoked: z.boolean(), atBank: z.boolean() })),
  /** Consents, payments and baskets this workbench created, newest first. */
  consents: method
    .input(z.strictObject({ bank: z.string().optional(), environment: z.string().optional() }).default({}))
    .output(z.array(rememberedSchema)),
  /** Asks for the status until it is final, politely: with growing pauses, and no sooner than the bank allows. */
  follow: method
    .errors({ ...callAnswers, ...answers('RESOURCE_UNKNOWN') })
    .input(
      z.strictObject({
        ...consentRef,
        /** Id of one of its authorisations; the consent's own status where left out. */
        authorisation: z.string().optional(),
        parameters,
        present,
        /** Seconds of the first pause. */
        interval: z.number().min(0.5).max(60).default(2),
        /** Seconds. */
        timeout: z.int().min(1).max(3600).default(600),
      }),
    )
    .output(eventIterator(followEventSchema)),
  deleteConsent: method
    .errors({ ...callAnswers, ...answers('RESOURCE_UNKNOWN') })
    .input(z.strictObject({ ...consentRef, parameters, present }))
    .output(z.object({ consent: rememberedSchema, exchange: exchangeSchema })),
  /** Forgets a consent or payment here; at the bank it stays. */
  forgetConsent: method
    .errors({ ...answers('RESOURCE_UNKNOWN'), ...keyStoreAnswers })
    .input(z.strictObject(consentRef))
    .output(z.object({ id: z.string(), forgotten: z.boolean() })),
}
