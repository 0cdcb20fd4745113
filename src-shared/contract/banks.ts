/** Banks: what the workbench knows about each ASPSP, read from its folder. */
import { z } from 'zod'
import { accountProfileSchema, fundsProfileSchema } from '../account-profile.ts'
import { applicationProfileSchema } from '../application-profile.ts'
import { adjustmentSchema, environmentOverrideSchema, proxyPasswordSchema } from '../bank-environment.ts'
import { customerPageSchema } from '../bank-profile.ts'
import { callRuleSchema } from '../call-rules.ts'
import { productProfileSchema } from '../product-profile.ts'
import { resourceProfileSchema } from '../resource-profile.ts'
import { signingProfileSchema } from '../signing-profile.ts'
import { answers, keyStoreAnswers, method } from './answers.ts'

/** Something the bank's document does not say, and what a person said about it for the environment asked for. */
export const assumptionSchema = z.object({
  id: z.string(),
  text: z.string(),
  reason: z.string(),
  state: z.enum(['assumed', 'confirmed', 'differs']),
  /** What is true instead, in the person's words; null unless it differs. */
  instead: z.string().nullable(),
  /** What of the environment can be set when something else is true there. */
  adjust: z.array(adjustmentSchema),
})

export const environmentViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['local-sandbox', 'bank-sandbox', 'production']),
  /** True when every host has a URL (the local sandbox: when it is running). */
  ready: z.boolean(),
})

export const bankViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  operations: z.int(),
  errors: z.int(),
  environments: z.array(environmentViewSchema),
  source: z.enum(['shipped', 'user']),
})

const notOfferedSchema = z.object({
  production: z.string().nullable(),
  'bank-sandbox': z.string().nullable(),
  'local-sandbox': z.string().nullable(),
})

export const operationViewSchema = z.object({
  id: z.string(),
  method: z.string(),
  path: z.string(),
  title: z.string(),
  tags: z.array(z.string()),
  assumptions: z.array(assumptionSchema),
  description: z.string(),
  /** Ids of the rows it can be answered with. */
  errors: z.array(z.string()),
  scope: z.string().nullable(),
  /** It goes without a token too, where the bank gave none. */
  tokenOptional: z.boolean().default(false),
  /** The page a customer opens: it is authorised, not called. */
  browser: z.boolean(),
  /** Why it cannot be used, per kind of environment; null where it can. */
  notOffered: notOfferedSchema,
  /** The local sandbox answers although the bank does not offer it. */
  simulated: z.boolean(),
  /** Members and parameters the bank's data marks as secret: what is typed there is kept nowhere. */
  secrets: z.array(z.string()).optional(),
})

/** null where the bank's document has none. */
export const errorViewSchema = z.object({
  id: z.string(),
  bank: z.string(),
  area: z.string(),
  http: z.int(),
  code: z.string().nullable(),
  title: z.string().nullable(),
  detail: z.string().nullable(),
  cause: z.string(),
  fix: z.string(),
  /** What it is about, whatever the bank calls it. */
  topic: z.object({ id: z.string(), title: z.string() }).nullable(),
  meaning: z.string().nullable(),
  /** Most likely first; `evidence` says what would prove each. */
  causes: z.array(z.object({ text: z.string(), evidence: z.array(z.string()) })),
  operations: z.array(z.string()),
  /** How the local sandbox shows it: by a mistake of the client, or by a fault switched on inside the bank. */
  reproduce: z.object({
    operation: z.string(),
    kind: z.enum(['mistake', 'switch']),
    how: z.string(),
    /** The fault that has to be switched on for a mistake to show; left out where none has to be. */
    needs: z.string().optional(),
    /** Whether `sandbox.provoke` can do it. */
    recipe: z.boolean().optional(),
  }),
  duplicateOf: z.string().nullable(),
  note: z.string().nullable(),
  /** Where status or code come from, when not from the bank's document. */
  source: z.string().nullable(),
})

export const scopeViewSchema = z.object({ scope: z.string(), roles: z.array(z.string()), purpose: z.string() })

/** The bank's facts a window shows. */
export const bankDetailSchema = bankViewSchema.extend({
  country: z.string(),
  source: z.enum(['shipped', 'user']),
  document: z.object({ title: z.string(), version: z.string(), published: z.string().optional() }),
  hosts: z.array(
    z.object({
      id: z.string(),
      description: z.string(),
      clientCertificate: z.enum(['QWAC', 'none']),
      browser: z.boolean(),
    }),
  ),
  tags: z.array(z.object({ name: z.string(), description: z.string(), view: z.string().nullable() })),
  /** How access is got; null where no token is needed and nobody authorises. */
  flow: z.enum(['oauth-code', 'oauth-sca', 'bearer', 'redirect-challenge', 'redirect-link']).nullable(),
  /** Where a token that a person enters comes from; null for every other flow. */
  tokenOrigin: z.string().nullable(),
  /** How an answer looks that leads the customer to a page before the same call is repeated; null for every other flow. */
  challenge: z.object({ status: z.int(), link: z.string(), returnHeader: z.string() }).nullable(),
  /** Key of the signing scheme. */
  signing: z.string(),
  scopes: z.array(scopeViewSchema),
  /** What the bank asks to recognise a customer. */
  customerParameters: z.array(
    z.object({ name: z.string(), label: z.string(), pattern: z.string(), secret: z.boolean() }),
  ),
  /** Seconds. */
  lifetimes: z.object({ code: z.int(), accessToken: z.int(), refreshToken: z.int() }).nullable(),
  /** Whether there is a registration call, and what a person does at the portal before it. */
  registration: z.object({ operation: z.string(), portalSteps: z.array(z.string()) }).nullable(),
  statuses: z.record(
    z.string(),
    z.array(z.object({ code: z.string(), name: z.string(), meaning: z.string(), final: z.boolean() })),
  ),
  unattended: z.object({ perDay: z.int(), presentHeader: z.string() }).nullable(),
  /** How a call says that the customer is there; null where none of its operations can. */
  presence: z
    .object({
      header: z.string(),
      /** Operations that take the header. */
      takenBy: z.array(z.string()),
      /** Those of them the bank counts where it is left out. */
      counted: z.array(z.string()),
    })
    .nullable()
    .default(null),
  /** How its answers tell of accounts; null where the profile does not say it. */
  accounts: accountProfileSchema.nullable().default(null),
  fundsConfirmation: fundsProfileSchema.nullable().default(null),
  /** What can be created at the bank and followed from then on: the calls about it and where its status stands. */
  resources: z.array(resourceProfileSchema).default([]),
  /** Header in which a call says where the customer comes back to; null where none does. */
  returnHeader: z.string().nullable().default(null),
  /** Applications of a customer, from identification to the end; null at a bank without. */
  applications: applicationProfileSchema.nullable().default(null),
  /** How its answers tell of its public products; null where the profile does not say it. */
  products: productProfileSchema.nullable().default(null),
  /** Pages its answers link to, with the schemes besides https that may be opened. */
  customerPages: z.array(customerPageSchema).default([]),
  assumptions: z.array(assumptionSchema),
})

export const parameterViewSchema = z.object({
  name: z.string(),
  /** As it goes over the wire, where a person said that it is another one. */
  wireName: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean(),
  description: z.string(),
  type: z.string(),
  enum: z.array(z.string()),
  pattern: z.string().nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  minLength: z.number().nullable(),
  maxLength: z.number().nullable(),
  example: z.string().nullable(),
  /** Filled in when left empty: by which rule of the bank's profile. */
  computed: z.string().nullable(),
  /** Sent when left empty: the environment's value, or one a person set for it. */
  value: z.string().nullable(),
  /** Where the name or its limits come from, when the bank's document does not print them. */
  source: z.string().nullable(),
  /** Id of the assumption that decided it. */
  assumption: z.string().nullable(),
})

/** One operation with everything a form needs. */
export const operationDetailSchema = operationViewSchema.extend({
  host: z.string(),
  clientCertificate: z.boolean(),
  /** Whether the bank wants the request signed. */
  signed: z.boolean(),
  parameters: z.array(parameterViewSchema),
  body: z
    .object({
      required: z.boolean(),
      contentType: z.string(),
      example: z.string().nullable(),
      schema: z.record(z.string(), z.json()),
      /** All the document has, by their names; where it has one without a name, that alone stands in `example`. */
      examples: z.array(z.object({ name: z.string(), summary: z.string(), text: z.string() })).default([]),
    })
    .nullable(),
  /** What the bank demands of the call beyond its schemas. */
  rules: z.array(callRuleSchema).default([]),
  responses: z.array(z.object({ status: z.string(), description: z.string() })),
})

const origin = z.enum(['document', 'yours', 'sandbox', 'none'])

/** One environment with everything a person can set for it. */
export const environmentDetailSchema = environmentViewSchema.extend({
  bank: z.string(),
  note: z.string().nullable(),
  hosts: z.array(
    z.object({
      id: z.string(),
      description: z.string(),
      browser: z.boolean(),
      /** Empty where nobody named one. */
      url: z.string(),
      urlFrom: origin,
      clientCertificate: z.enum(['QWAC', 'none']),
      certificateFrom: z.enum(['document', 'yours']),
    }),
  ),
  signing: signingProfileSchema,
  signingFrom: z.enum(['document', 'yours']),
  /** Parameters of the bank, once each: `<in> <name>`. */
  parameters: z.array(
    z.object({ key: z.string(), required: z.boolean(), value: z.string().nullable(), description: z.string() }),
  ),
  assumptions: z.array(assumptionSchema.extend({ operations: z.array(z.string()) })),
  /** The proxy that is used here; null where calls go straight to the bank. */
  proxy: z.object({ url: z.string(), user: z.string().nullable(), password: z.enum(['set', 'not-set']) }).nullable(),
  override: environmentOverrideSchema,
})

export type EnvironmentDetail = z.infer<typeof environmentDetailSchema>
export type AssumptionView = z.infer<typeof assumptionSchema>
export type BankDetail = z.infer<typeof bankDetailSchema>
export type OperationDetail = z.infer<typeof operationDetailSchema>
export type ParameterView = z.infer<typeof parameterViewSchema>
export type BankView = z.infer<typeof bankViewSchema>
export type OperationView = z.infer<typeof operationViewSchema>
export type ErrorView = z.infer<typeof errorViewSchema>

const environmentRef = z.strictObject({ bank: z.string(), environment: z.string() })
const environmentAnswers = answers('BANK_UNKNOWN', 'ENVIRONMENT_UNKNOWN')
/** Without an environment: what the bank's folder says; with one: as it is there. */
const bankRef = z.strictObject({ bank: z.string(), environment: z.string().optional() })

export const banks = {
  list: method.output(z.array(bankViewSchema)),
  /** Folders of the user that do not open, and why: they are in no list. */
  damaged: method.output(z.array(z.object({ id: z.string(), message: z.string() }))),
  describe: method
    .errors(answers('BANK_UNKNOWN'))
    .input(z.strictObject({ bank: z.string() }))
    .output(bankDetailSchema),
  environment: method.errors(environmentAnswers).input(environmentRef).output(environmentDetailSchema),
  /** Replaces everything that was set for the environment; the bank's folder stays as it is. */
  setEnvironment: method
    .errors({ ...environmentAnswers, ...answers('IDENTITY_UNKNOWN'), ...keyStoreAnswers })
    .input(
      z.strictObject({
        ...environmentRef.shape,
        override: environmentOverrideSchema,
        /**
         * Of the proxy; sent once, nothing of it comes back. Left out: the one there is stays as long as proxy and user
         * do; null removes it.
         */
        proxyPassword: proxyPasswordSchema.nullable().optional(),
      }),
    )
    .output(environmentDetailSchema),
  /** Back to what the bank's folder says. */
  resetEnvironment: method
    .errors({ ...environmentAnswers, ...keyStoreAnswers })
    .input(environmentRef)
    .output(environmentDetailSchema),
  operation: method
    .errors({ ...environmentAnswers, ...answers('OPERATION_UNKNOWN') })
    .input(bankRef.extend({ operation: z.string() }))
    .output(operationDetailSchema),
  operations: method.errors(environmentAnswers).input(bankRef).output(z.array(operationViewSchema)),
  /** Rows that contain every word, in any field; all rows where no word is given. */
  errors: method
    .errors(answers('BANK_UNKNOWN'))
    .input(z.strictObject({ words: z.array(z.string()).default([]), bank: z.string().optional() }))
    .output(z.array(errorViewSchema)),
}
