/** History: every exchange that was made, redacted as it was written, its bodies sealed. */
import { z } from 'zod'
import { answers, keyStoreAnswers, method } from './answers.ts'
import { exchangeSchema } from './exchange.ts'
import { draftSchema } from './requests.ts'

/** What became of the bodies: in the database and sealed, or never written because the key store was not open. */
const bodiesSchema = z.enum(['kept', 'not-kept'])

export const historyRowSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  bank: z.string(),
  environment: z.string(),
  operation: z.string(),
  method: z.string(),
  url: z.string(),
  /** null when no answer came. */
  status: z.int().nullable(),
  fault: z.string().nullable(),
  /** Id of the error row that explains it best, with the row's title and the bank's code. */
  errorId: z.string().nullable(),
  errorTitle: z.string().nullable(),
  errorCode: z.string().nullable(),
  /** Id of the identity it was sent with. */
  identity: z.string().nullable(),
  /** Id of the grant whose token was used, or that the draft named. */
  grant: z.string().nullable(),
  /** The X-Request-ID it was sent with. */
  requestId: z.string().nullable(),
  /** Milliseconds. */
  total: z.number(),
  /** Seconds the bank's Date header was ahead of this machine; null without an answer that had one. */
  clockSkew: z.int().nullable(),
  bodies: bodiesSchema,
  /** Where it stands in the order of the list; stays valid for `before` when the exchange itself is deleted. */
  position: z.int(),
})
export type HistoryRow = z.infer<typeof historyRowSchema>

export const statusClasses = ['1xx', '2xx', '3xx', '4xx', '5xx', 'none'] as const

const moment = z.iso.datetime({ offset: true })

export const historyQuerySchema = z.strictObject({
  limit: z.int().min(1).max(1000).default(50),
  /**
   * All of them, in any order, anywhere in URL, ids, names, codes and error titles; never in bodies. A word of three or
   * more characters may be the beginning of one.
   */
  words: z.string().max(500).optional(),
  bank: z.string().optional(),
  environment: z.string().optional(),
  operation: z.string().optional(),
  method: z.string().optional(),
  /** One status, or a class of them; `none`: no answer came. */
  status: z.union([z.int().min(100).max(599), z.enum(statusClasses)]).optional(),
  /** A fault code, or `any`. */
  fault: z.string().optional(),
  /** Id of the error row that explains it. */
  error: z.string().optional(),
  identity: z.string().optional(),
  grant: z.string().optional(),
  /** From this moment on. */
  from: moment.optional(),
  /** Up to and with this moment. */
  to: moment.optional(),
  /** Only what comes after it in the list: a row's `position`, or its id. */
  before: z.union([z.int(), z.string()]).optional(),
})
export type HistoryQuery = z.infer<typeof historyQuerySchema>

/** An exchange as history gives it back. Where bodies are not readable a finding says why. */
export const keptExchangeSchema = exchangeSchema.extend({
  /** `sealed`: they are there, and the key store cannot open them now. */
  bodies: z.enum(['kept', 'not-kept', 'sealed']),
})
export type KeptExchange = z.infer<typeof keptExchangeSchema>

export const differenceSchema = z.object({
  part: z.enum([
    'call',
    'request-header',
    'request-body',
    'status',
    'response-header',
    'response-body',
    'fault',
    'timing',
    'tls',
  ]),
  /** Name of the field or header; for a JSON body the pointer (RFC 6901), empty for the body as a whole. */
  name: z.string(),
  /** Text of the value, JSON where it stands in a JSON body; null where there is none. */
  a: z.string().nullable(),
  b: z.string().nullable(),
})
export type Difference = z.infer<typeof differenceSchema>

/** What a draft made from history no longer has, because it was a secret or is not readable. */
export const leftOutSchema = z.object({
  part: z.enum(['parameters', 'parameter', 'header', 'body']),
  name: z.string(),
  reason: z.enum(['redacted', 'not-kept', 'sealed']),
})
export type LeftOut = z.infer<typeof leftOutSchema>

/** How long exchanges are kept; null: for ever, however many. */
export const retentionSchema = z.strictObject({
  days: z.int().min(1).max(36_500).nullable(),
  count: z.int().min(1).max(10_000_000).nullable(),
})
export type Retention = z.infer<typeof retentionSchema>

export const historyStatusSchema = z.object({
  exchanges: z.int(),
  /** Of the database with its log, on disk. */
  bytes: z.int(),
  /** Exchanges of an earlier version whose bodies wait, unsealed, for the key store to be opened. */
  unsealed: z.int(),
  /** Why nothing can be written; null when it can. */
  readOnly: z.string().nullable(),
  /** Damaged databases that were put aside; file names in the data folder. */
  putAside: z.array(z.object({ file: z.string(), at: z.iso.datetime(), seen: z.boolean() })),
  /** Copies made before a migration; file names in the data folder. */
  backups: z.array(z.string()),
  retention: retentionSchema,
})
export type HistoryStatus = z.infer<typeof historyStatusSchema>

const historyMethod = method.errors(answers('BUSY'))
const unknown = answers('EXCHANGE_UNKNOWN')

export const history = {
  /** Newest first. */
  list: historyMethod.errors(unknown).input(historyQuerySchema).output(z.array(historyRowSchema)),
  show: historyMethod
    .errors({ ...unknown, ...keyStoreAnswers })
    .input(z.strictObject({ id: z.string() }))
    .output(keptExchangeSchema),
  /** Two exchanges and what is not the same in them; at most 1,000 differences. */
  compare: historyMethod
    .errors(unknown)
    .input(z.strictObject({ a: z.string(), b: z.string() }))
    .output(
      z.object({
        a: keptExchangeSchema,
        b: keptExchangeSchema,
        differences: z.array(differenceSchema),
        /** There are more than the differences given. */
        more: z.boolean(),
        /** What could not be compared, in sentences. */
        notCompared: z.array(z.string()).default([]),
      }),
    ),
  /** The draft that made an exchange, to be sent again: secrets are no part of it. */
  draft: historyMethod
    .errors(unknown)
    .input(z.strictObject({ id: z.string() }))
    .output(z.object({ draft: draftSchema, leftOut: z.array(leftOutSchema) })),
  /** Takes exchanges out of every file of the history. Exactly one of the three is given. */
  delete: historyMethod
    .errors(unknown)
    .input(
      z.union([
        z.strictObject({ ids: z.array(z.string()).min(1).max(10_000) }),
        z.strictObject({ olderThanDays: z.int().min(0).max(36_500) }),
        z.strictObject({ all: z.literal(true) }),
      ]),
    )
    .output(
      z.object({
        deleted: z.int(),
        /** Ids there were no exchanges of. */
        unknown: z.array(z.string()),
        /** Copies and put-aside databases removed with everything else. */
        files: z.array(z.string()),
        /** false: another program reads the database; the rest is cleared with its next use. */
        cleared: z.boolean(),
      }),
    ),
  retention: method.output(retentionSchema),
  /** Applied at once, whenever the history is opened, and daily. */
  keepFor: historyMethod.input(retentionSchema).output(z.object({ retention: retentionSchema, deleted: z.int() })),
  status: historyMethod.output(historyStatusSchema),
  /** Brings back what can still be read of a database that was put aside; a file name of the status. */
  salvage: historyMethod
    .errors(answers('FILE_UNREADABLE'))
    .input(z.strictObject({ file: z.string() }))
    .output(z.object({ broughtBack: z.int() })),
  /** The person has been told of what was put aside. */
  dismiss: historyMethod.output(historyStatusSchema),
}
