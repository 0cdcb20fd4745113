/** The schema of a bank folder's `bank.yaml`: the facts about a bank that OpenAPI has no place for. */
import { z } from 'zod'
import { accessSchema } from './access-profile.ts'
import { accountProfileSchema, fundsProfileSchema } from './account-profile.ts'
import { applicationProfileSchema } from './application-profile.ts'
import { adjustmentSchema, environmentSchema } from './bank-environment.ts'
import { callRuleSchema, rolesByViewSchema } from './call-rules.ts'
import { productProfileSchema } from './product-profile.ts'
import { resourceProfileSchema } from './resource-profile.ts'
import { signingProfileSchema } from './signing-profile.ts'
import { recipeSchema as recipe } from './value-recipe.ts'

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const operationId = identifier

/** One host of the bank and what it asks of a connection. */
const hostSchema = z.strictObject({
  description: z.string(),
  /** Whether the bank asks for a client certificate here, and of which kind. */
  clientCertificate: z.enum(['QWAC', 'none']),
  /** True where a person's browser goes instead of the workbench. */
  browser: z.boolean().default(false),
})

const registrationSchema = z.strictObject({
  operation: operationId,
  /** Body field → the recipe of its value. */
  body: z.record(z.string(), recipe),
  /** The error row that means "nothing left to do". */
  alreadyRegistered: z.string().optional(),
  /** What a person does at the bank's portal before the call. */
  portalSteps: z.array(z.string()).default([]),
})

const statusSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  meaning: z.string(),
  final: z.boolean(),
})

/** Something the bank's document does not say and the workbench had to decide. */
const assumptionSchema = z.strictObject({
  id: identifier,
  text: z.string(),
  reason: z.string(),
  operations: z.union([z.literal('all'), z.array(operationId)]),
  /** What a person can set per environment when something else is true there. */
  adjust: z.array(adjustmentSchema).default([]),
})

/** A page of the bank that an answer links to and a person opens. */
export const customerPageSchema = z.strictObject({
  /** JSON Pointer (RFC 6901) into the answer's body. */
  at: z.string().regex(/^\//),
  purpose: z.string(),
  operations: z.array(operationId).min(1),
  /** Schemes besides https that may be opened. */
  schemes: z.array(z.string().regex(/^[a-z][a-z0-9+.-]*$/)).default([]),
})

/** A header filled in when the draft leaves it out. */
const headerDefaultSchema = z
  .strictObject({
    name: z.string(),
    value: recipe.optional(),
    /** The value itself, where no recipe is needed. */
    text: z.string().optional(),
    /** `declared`: operations that declare the header; `all`: every call. */
    operations: z.enum(['declared', 'all']).default('declared'),
    reason: z.string(),
  })
  .refine((header) => (header.value === undefined) !== (header.text === undefined), 'Needs either value or text.')

export const bankProfileSchema = z.strictObject({
  id: identifier,
  name: z.string(),
  country: z.string().length(2),
  /** The document everything in this folder comes from. */
  source: z.strictObject({ title: z.string(), version: z.string(), published: z.string().optional() }),
  hosts: z.record(identifier, hostSchema),
  environments: z.array(environmentSchema).min(1),
  registration: registrationSchema.optional(),
  access: accessSchema.optional(),
  signing: signingProfileSchema,
  /** Headers filled in when the draft leaves them out. */
  headers: z.array(headerDefaultSchema).default([]),
  statuses: z.record(identifier, z.array(statusSchema)).default({}),
  /** Calls a TPP may make without the customer being present. */
  unattended: z
    .strictObject({
      perDay: z.int(),
      /** Header that says that the customer is present, by their address. */
      presentHeader: z.string(),
      /** What is counted; every GET that takes the header where left out. */
      operations: z.array(z.string()).min(1).optional(),
    })
    .optional(),
  customerPages: z.array(customerPageSchema).default([]),
  /** Where the answers about accounts say what. */
  accounts: accountProfileSchema.optional(),
  /** How the bank is asked whether an amount is available. */
  fundsConfirmation: fundsProfileSchema.optional(),
  /** What a TPP creates here and follows from then on. */
  resources: z.array(resourceProfileSchema).optional(),
  /** Applications a customer makes here, from identification to the end. */
  applications: applicationProfileSchema.optional(),
  /** Where the answers about the bank's public products say what. */
  products: productProfileSchema.optional(),
  /** Which PSD2 roles a certificate needs, by view of the operation's tag. */
  roles: rolesByViewSchema.optional(),
  /** What a call has to keep to beyond its schemas. */
  rules: z.array(callRuleSchema).optional(),
  assumptions: z.array(assumptionSchema).default([]),
})

export type BankProfile = z.infer<typeof bankProfileSchema>

/** Where a name, limit or shape comes from when the bank's document does not print it. */
export const sourceNames = [
  /** Name or shape of the Berlin Group's NextGenPSD2 framework. */
  'berlin-group',
  'rfc-6749',
  /** Standard HTTP header, recognised by its description. */
  'http',
  /** Not printed, but something that is printed needs it. */
  'seed-implied',
  /** Printed with a mistake, or damaged, and repaired. */
  'seed-corrected',
  /** Seen only in an example of the document. */
  'seed-sample',
  /** Described, its name is lost: a placeholder. */
  'lost',
  'workbench-assumption',
] as const
export type SourceName = (typeof sourceNames)[number]

/** The views of the window an operation can belong to; on the tag objects of openapi.yaml as `x-tpp-view`. */
export const viewNames = [
  'registration',
  'access',
  'consents',
  'accounts',
  'payments',
  'recurring-payments',
  'baskets',
  'funds-confirmation',
  'applications',
  'products',
] as const
export type ViewName = (typeof viewNames)[number]

/** The key this workbench adds to an OpenAPI tag object. */
export const tagExtensionSchema = z.object({
  name: z.string(),
  description: z.string().default(''),
  'x-tpp-view': z.enum(viewNames).optional(),
})

/** The keys this workbench adds to OpenAPI parameters. */
export const parameterExtensionSchema = z.object({
  'x-tpp-source': z.enum(sourceNames).optional(),
  /** Id of the assumption of bank.yaml that decided this parameter. */
  'x-tpp-assumption': identifier.optional(),
})

/** The keys this workbench adds to an OpenAPI operation object. */
export const operationExtensionSchema = z.object({
  /** Host name of `bank.yaml` the operation lives on. */
  'x-tpp-host': identifier,
  /** Scope a grant needs, with `{pathParameter}` where the id goes into it. */
  'x-tpp-scope': z.string().optional(),
  /** `optional`: the call is made without a token where there is no grant of the scope. */
  'x-tpp-token': z.enum(['required', 'optional']).optional(),
  /** Scopes that do as well. */
  'x-tpp-alternative-scopes': z.array(z.string()).optional(),
  'x-tpp-availability': z
    .strictObject({
      production: z.boolean(),
      'bank-sandbox': z.boolean(),
      'local-sandbox': z.enum(['real', 'simulated']),
      reason: z.string(),
    })
    .optional(),
  /** Several operation ids that share method and path; `when` names the form field values that tell them apart. */
  'x-tpp-operations': z
    .array(
      z.strictObject({
        id: operationId,
        title: z.string(),
        when: z.record(z.string(), z.string()),
        description: z.string().optional(),
      }),
    )
    .optional(),
})
