/** The local sandbox: starting, stopping and steering it. */
import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import {
  sandboxClockSchema,
  sandboxCustomerSchema,
  sandboxFaultKindSchema,
  sandboxFaultSchema,
  sandboxFaultsSchema,
  sandboxLogEntrySchema,
  sandboxReadySchema,
  sandboxSwitchesSchema,
} from '../sandbox-protocol.ts'
import {
  clockJumpSchema,
  sandboxSnapshotSchema,
  sandboxStateSchema,
  sandboxTenantSchema,
  snapshotLoadedSchema,
  tenantTokenSchema,
} from '../sandbox-state.ts'
import { answers, method } from './answers.ts'
import { exchangeSchema } from './exchange.ts'

const steering = answers('SANDBOX_DOWN', 'SANDBOX_FAILED')
const tenant = z.string().min(1)

/** What came otherwise than the row has it; null stands for "nothing". */
const rowDifferenceSchema = z.object({
  field: z.enum(['status', 'code', 'title', 'detail']),
  wanted: z.string().nullable(),
  found: z.string().nullable(),
})
export type RowDifference = z.infer<typeof rowDifferenceSchema>

export const provokeEventSchema = z.discriminatedUnion('type', [
  /** A step begins; steps are counted from 1. */
  z.object({ type: z.literal('step'), step: z.int(), of: z.int(), text: z.string() }),
  z.object({
    type: z.literal('end'),
    bank: z.string(),
    errorId: z.string(),
    /** The bank answered with the row. */
    came: z.boolean(),
    differences: z.array(rowDifferenceSchema),
    /** The step that stopped it; null where every step was made. */
    failed: z.object({ step: z.int(), text: z.string(), message: z.string() }).nullable(),
    /** The call that was to be answered with the row, or the one that failed before it; null where none was made. */
    exchange: exchangeSchema.nullable(),
  }),
])
export type ProvokeEvent = z.infer<typeof provokeEventSchema>

export const sandbox = {
  /**
   * Brings the local sandbox to answer with one row of a bank's error table, as an organisation made for it alone. A sandbox is started
   * where none runs and stopped afterwards; of all this only the last exchange is kept, in history.
   */
  provoke: method
    .errors({ ...steering, ...answers('ERROR_UNKNOWN', 'RECIPE_MISSING', 'BANK_UNKNOWN', 'CANCELLED') })
    .input(z.strictObject({ errorId: z.string().min(1) }))
    .output(eventIterator(provokeEventSchema)),
  /** Starts the program and keeps it as a child until `stop` or the end of this process. */
  start: method
    .errors(answers('SANDBOX_RUNNING', 'SANDBOX_PORT_TAKEN', 'SANDBOX_FAILED', 'USAGE'))
    .input(
      z.strictObject({
        port: z.int().min(1024).max(65_000).optional(),
        banks: z.array(z.string()).default([]),
        /** Address to listen on; left out, only this machine reaches it. */
        listen: z.string().optional(),
        /** Names other machines call this one by. */
        hosts: z.array(z.string()).default([]),
      }),
    )
    .output(sandboxReadySchema),
  stop: method.output(z.object({ stopped: z.boolean() })),
  status: method.output(
    z.object({
      running: z.boolean(),
      sandbox: sandboxReadySchema.nullable(),
      /** Base URL of the control API of another machine's sandbox that this data folder uses; null: none. */
      attached: z.string().nullable().default(null),
    }),
  ),
  /** Uses the sandbox of another machine, with the control token of one tenant, until `detach`. */
  attach: method
    .errors({ ...steering, ...answers('SANDBOX_RUNNING', 'INPUT_INVALID', 'CERTIFICATE_UNREADABLE') })
    .input(
      z.strictObject({
        /** Base URL of its control API for other machines. */
        control: z.url(),
        /** PEM of the CA of its server certificates. */
        ca: z.string().min(1),
        token: z.string().min(1).max(1000),
      }),
    )
    .output(z.object({ control: z.string(), tenant: z.string().nullable(), banks: z.array(z.string()) })),
  detach: method.output(z.object({ detached: z.boolean() })),
  customers: method
    .errors(steering)
    .input(z.strictObject({ bank: z.string() }))
    .output(z.array(sandboxCustomerSchema)),
  clock: method
    .errors(steering)
    .input(
      z.strictObject({
        tenant,
        offsetSeconds: z.int().optional(),
        /** Id of one of `jumps`, from the tenant's time now; goes before `offsetSeconds`. */
        jump: z.string().optional(),
      }),
    )
    .output(sandboxClockSchema),
  /** The jumps of a tenant's clock that show something, worked out for its time now. */
  jumps: method.errors(steering).input(z.strictObject({ tenant })).output(z.array(clockJumpSchema)),
  /** Who is known to the sandbox. */
  tenants: method.errors(steering).output(z.array(sandboxTenantSchema)),
  /** Makes room for a tenant and gives the control token that steers it alone. */
  tenantToken: method.errors(steering).input(z.strictObject({ tenant })).output(tenantTokenSchema),
  /** What the banks keep of a tenant, in words; never a token. */
  state: method
    .errors(steering)
    .input(z.strictObject({ tenant, bank: z.string().optional() }))
    .output(sandboxStateSchema),
  /** The state as a file, to be loaded into any tenant. */
  snapshot: method.errors(steering).input(z.strictObject({ tenant })).output(sandboxSnapshotSchema),
  /** Replaces what the tenant has, whole or not at all. `snapshot` is checked by the sandbox, which says what does not fit. */
  load: method
    .errors(steering)
    .input(z.strictObject({ tenant, snapshot: z.unknown() }))
    .output(snapshotLoadedSchema),
  /** Forgets what the tenant did, at one bank or everywhere; what lies in the portals stays. */
  reset: method
    .errors(steering)
    .input(z.strictObject({ tenant, bank: z.string().optional() }))
    .output(z.object({ reset: z.literal(true) })),
  /** The CA of the server certificates, for programs other than the workbench. */
  ca: method.errors(steering).output(
    z.object({
      /** File it stands in on this machine. */
      path: z.string(),
      pem: z.string(),
    }),
  ),
  /** Bank id → every fault inside it that can be switched on. */
  switchesKnown: method.errors(steering).output(sandboxSwitchesSchema),
  switches: method
    .errors(steering)
    .input(z.strictObject({ tenant, set: sandboxSwitchesSchema.optional() }))
    .output(sandboxSwitchesSchema),
  /** What can be made to go wrong between the banks and their client, and what of it a tenant has asked for; `set` replaces that. */
  faults: method
    .errors(steering)
    .input(z.strictObject({ tenant: tenant.optional(), set: sandboxFaultsSchema.optional() }))
    .output(z.object({ known: z.array(sandboxFaultKindSchema), set: z.array(sandboxFaultSchema) })),
  log: method.errors(steering).input(z.strictObject({ tenant })).output(z.array(sandboxLogEntrySchema)),
}
