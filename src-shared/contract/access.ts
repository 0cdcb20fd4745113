/** Access: registering a TPP with a bank, and the grants its customers give. */
import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { answers, keyStoreAnswers, method, targetAnswers, transportAnswers } from './answers.ts'
import { exchangeSchema } from './requests.ts'

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
})
export type Grant = z.infer<typeof grantSchema>

export const authoriseEventSchema = z.discriminatedUnion('type', [
  /** The page the customer must open. `opened` says whether a browser was started with it. */
  z.object({ type: z.literal('open'), url: z.string(), opened: z.boolean() }),
  z.object({ type: z.literal('callback') }),
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

export const access = {
  /** Registers the identity's organisation; "already registered" is a success with `already` true. */
  register: method
    .errors({ ...accessAnswers, ...answers('HEADER_INVALID', 'BODY_INVALID') })
    .input(z.strictObject({ ...target, callbackUris: z.array(z.string()).min(1).optional() }))
    .output(
      z.object({
        /** null when the bank declined; `exchange` says why. */
        registration: registrationSchema.nullable(),
        already: z.boolean(),
        exchange: exchangeSchema,
      }),
    ),
  registrations: method.output(z.array(registrationSchema)),
  /** Runs one authorisation until its grant is stored; stopping the stream frees the callback's port. */
  authorise: method
    .errors({
      ...accessAnswers,
      ...answers(
        'PARAMETER_MISSING',
        'PARAMETER_INVALID',
        'ACCESS_DENIED',
        'ACCESS_STATE',
        'ACCESS_CALLBACK',
        'ACCESS_TIMEOUT',
        'ACCESS_TOKEN_REFUSED',
      ),
    })
    .input(
      z.strictObject({
        ...target,
        scope: z.string().min(1),
        /** What the bank asks to recognise the customer, by parameter name (`ssn` at ICA). */
        customer: z.record(z.string(), z.string()).default({}),
        /** Local sandbox only: this customer clicks through the sandbox's control API instead of a person. */
        psu: z.string().optional(),
        decision: z.enum(['approve', 'deny', 'abandon']).default('approve'),
        /** Seconds to wait for the callback. */
        timeout: z.int().min(1).max(3600).default(300),
      }),
    )
    .output(eventIterator(authoriseEventSchema)),
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
}
