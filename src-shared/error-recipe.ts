/**
 * The schema of a recipe in a bank's `errors.yaml`: how the local sandbox is brought to answer with one row.
 *
 * A recipe is a list of things a TPP and its customers do (`given`) and the call that is answered with the row (`send`). Every call
 * goes through the workbench's one send path, for an organisation made for this recipe alone, whose clock and switches nobody else sees.
 *
 * Texts may hold values in double braces:
 * - `{{name}}`: what an earlier step kept under that name
 * - `{{organisation}}`, `{{organisation:name}}`: organizationIdentifier of the identity `tpp`, or of another one
 * - `{{callback}}`: a loopback address that listens while a customer acts
 * - `{{url:host}}`: base URL of one of the bank's hosts, or of its pages, in the sandbox
 * - `{{uuid}}`: a new one at each place
 * - `{{today}}`, `{{today-1d}}`, `{{today+91d}}`: a day (UTC), as `2026-01-31`
 * - `{{httpDate}}`, `{{httpDate-7200s}}`: an instant in the form of the Date header (RFC 9110 section 5.6.7)
 */
import { z } from 'zod'
import { certificateProfiles, psuDecisions } from './sandbox-protocol.ts'

/** Name of an identity, a grant or a kept value. */
export const recipeNameSchema = z.string().regex(/^[a-z][A-Za-z0-9]*$/)
const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const texts = z.record(z.string(), z.string())

/** The identity every call is made with that names no other (`by`). */
export const ownIdentity = 'tpp'
/** In `by` and `grant`: go without. */
export const nothing = 'none'
/** The grant of an `authorise` or `enter` that gives it no name. */
export const ownGrant = 'grant'

/** A certificate of the sandbox's QTSP; `{}` is a good one of an organisation of its own. */
export const recipeIdentitySchema = z.strictObject({
  /** What is wrong with the certificate. */
  profile: z.enum(certificateProfiles).default('valid'),
  /** Where left out, a QWAC; a QSEAL at a bank whose signatures want a certificate and whose connections do not. */
  kind: z.enum(['QWAC', 'QSEAL']).optional(),
  /** PSD2 roles; an empty list gives a certificate without them. */
  roles: z.array(z.enum(['PSP_AS', 'PSP_PI', 'PSP_AI', 'PSP_IC'])).default(['PSP_AI', 'PSP_PI']),
  /** EC where the bank takes it: RSA keys take long to make. Where left out, what the bank's signatures need. */
  key: z.enum(['rsa-2048', 'ec-p256']).optional(),
  /** Whether the public part is put into the banks' portals. */
  upload: z.boolean().default(true),
  /** Name of the identity whose organisation this certificate is for too. */
  organisationOf: recipeNameSchema.optional(),
})
export type RecipeIdentity = z.infer<typeof recipeIdentitySchema>

/** JSON, with values in its texts. */
const json = z.json()
export type RecipeJson = z.infer<typeof json>

const changed = {
  /** null: the header is not sent, also where the bank's defaults or the signature make it. */
  headers: z.record(z.string(), z.string().nullable()).default({}),
  /** The whole body: a text as it is (empty: none), anything else as JSON, or as a form where the operation takes one. */
  body: json.optional(),
  /** JSON merge patch (RFC 7396) over the operation's example; null takes a member out. Without `body` and `change` the example is sent. */
  change: json.optional(),
}

const outgoing = {
  ...changed,
  /** Identity of the connection and the signature, or `none`. */
  by: recipeNameSchema.default(ownIdentity),
  /**
   * Path, query and header parameters. Required ones the recipe does not give are sent as in the operation's examples; those of the
   * path and what the bank's defaults fill in are not.
   */
  parameters: texts.default({}),
  /** Name of a grant, or `none`; the one that fits where left out. */
  grant: recipeNameSchema.optional(),
  /** Sent instead of the operation's own. */
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** Sent instead of the operation's own, below the base URL of its host; a query is part of it. */
  path: z.string().startsWith('/').optional(),
  /** Changes made after the call was signed, with the signature left as it was; `change` goes over the body that was signed. */
  afterSigning: z.strictObject(changed).optional(),
}

/** The customer who acts, by the name the sandbox has for them. */
const acting = { customer: z.string(), decision: z.enum(psuDecisions).default('approve') }
const maybeActing = { customer: z.string().optional(), decision: acting.decision }

const keep = z.record(recipeNameSchema, z.string()).default({})

/** A call on the way; it must succeed, unless `status` names what else it must be answered with. */
export const recipeCallSchema = z.strictObject({
  call: identifier,
  ...outgoing,
  /** Where the answer is a page for the customer: they act there and the same call is sent again, as at SpareBank 1. */
  ...maybeActing,
  status: z.int().optional(),
  /** Sent this often. */
  times: z.int().min(1).max(50).default(1),
  /** name → JSON pointer (RFC 6901) into the answer, or `header:name`. */
  keep,
})

export const recipeStepSchema = z.union([
  recipeCallSchema,
  /** Registers this identity with the bank. */
  z.strictObject({ register: recipeNameSchema }),
  /** The customer's whole way to a grant: of a scope or, at a bank where access belongs to one consent or payment, of that with this id. */
  z.strictObject({
    authorise: z.string().min(1),
    by: outgoing.by,
    grant: recipeNameSchema.default(ownGrant),
    ...acting,
  }),
  /** Enters a token that is issued elsewhere. */
  z.strictObject({
    enter: z.string().min(1),
    scope: z.string().optional(),
    by: outgoing.by,
    grant: recipeNameSchema.default(ownGrant),
  }),
  /** Spends the refresh token of this grant for new tokens. */
  z.strictObject({ refresh: recipeNameSchema }),
  /**
   * The customer opens a page and acts. With `{{callback}}` in its address what arrives there can be kept: name → `query:parameter`.
   * `refused`: the bank's page must turn the customer away.
   */
  z.strictObject({ click: z.string().min(1), ...acting, refused: z.boolean().default(false), keep }),
  /** Moves the clock of the identity's organisation ahead by so many seconds. */
  z.strictObject({ clock: z.int().min(1), by: outgoing.by }),
  /** Switches this fault of the bank on for the identity's organisation. */
  z.strictObject({ switch: identifier, by: outgoing.by }),
])
export type RecipeStep = z.infer<typeof recipeStepSchema>
export type RecipeCall = z.infer<typeof recipeCallSchema>

export const errorRecipeSchema = z.strictObject({
  /** Identities beside or instead of the good one called `tpp`. */
  identities: z.record(recipeNameSchema, recipeIdentitySchema.prefault({})).default({}),
  given: z.array(recipeStepSchema).default([]),
  /** The call that is answered with the row. */
  send: z
    .strictObject({
      /** `reproduce.operation` where left out. */
      operation: identifier.optional(),
      ...outgoing,
      ...maybeActing,
      /** Nothing new is sent first: the customer opens the page that the last call was answered with, and that call goes out again. */
      resume: z.boolean().default(false),
    })
    .prefault({}),
})
export type ErrorRecipe = z.infer<typeof errorRecipeSchema>
export type RecipeSend = ErrorRecipe['send']
