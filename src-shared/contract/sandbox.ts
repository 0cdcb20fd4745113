/** The local sandbox: starting, stopping and steering it. */
import { z } from 'zod'
import {
  sandboxClockSchema,
  sandboxCustomerSchema,
  sandboxLogEntrySchema,
  sandboxReadySchema,
  sandboxSwitchesSchema,
} from '../sandbox-protocol.ts'
import { answers, method } from './answers.ts'

const steering = answers('SANDBOX_DOWN', 'SANDBOX_FAILED')
const tenant = z.string().min(1)

export const sandbox = {
  /** Starts the program and keeps it as a child until `stop` or the end of this process. */
  start: method
    .errors(answers('SANDBOX_RUNNING', 'SANDBOX_PORT_TAKEN', 'SANDBOX_FAILED'))
    .input(z.strictObject({ port: z.int().min(1024).max(65_000).optional(), banks: z.array(z.string()).default([]) }))
    .output(sandboxReadySchema),
  stop: method.output(z.object({ stopped: z.boolean() })),
  status: method.output(z.object({ running: z.boolean(), sandbox: sandboxReadySchema.nullable() })),
  customers: method
    .errors(steering)
    .input(z.strictObject({ bank: z.string() }))
    .output(z.array(sandboxCustomerSchema)),
  clock: method
    .errors(steering)
    .input(z.strictObject({ tenant, offsetSeconds: z.int().optional() }))
    .output(sandboxClockSchema),
  switches: method
    .errors(steering)
    .input(z.strictObject({ tenant, set: sandboxSwitchesSchema.optional() }))
    .output(sandboxSwitchesSchema),
  log: method.errors(steering).input(z.strictObject({ tenant })).output(z.array(sandboxLogEntrySchema)),
}
