/** The workspace: the data folder, the key store, what changes, and the health of what the workbench stands on. */
import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { keyStoreAnswers, method } from './answers.ts'

export const checkSchema = z.object({
  id: z.string(),
  ok: z.boolean(),
  message: z.string(),
  remedy: z.string().nullable(),
})
export type Check = z.infer<typeof checkSchema>

/** What the key store says of itself, and what a person has to do before it can be used. */
export const keyStoreSchema = z.object({
  /** null: nothing was chosen yet; the keychain is tried. */
  choice: z.enum(['keychain', 'vault']).nullable(),
  state: z.enum(['ready', 'absent', 'locked', 'denied', 'failed']),
  name: z.string(),
  message: z.string(),
  remedy: z.string().nullable(),
  /** `new`: there is no vault yet and the first passphrase makes one; `locked`: it waits for its passphrase. */
  vault: z.enum(['not-chosen', 'new', 'locked', 'open']),
})
export type KeyStore = z.infer<typeof keyStoreSchema>

export const idleLockSchema = z.strictObject({ minutes: z.int().min(1).max(1440).nullable() })

/** Something a view shows has changed; `id` where it is one thing. */
export const changeSchema = z.object({
  area: z.enum(['banks', 'keys', 'access', 'requests', 'history', 'sandbox', 'workspace']),
  id: z.string().optional(),
})
export type Change = z.infer<typeof changeSchema>

/** What a window shows and what was typed in it, kept so that a reload or a crash loses nothing. At most 1 MiB as JSON. */
export const windowStateSchema = z.record(z.string(), z.json())

export const workspace = {
  doctor: method.output(z.object({ ok: z.boolean(), checks: z.array(checkSchema) })),
  keyStore: method.output(keyStoreSchema),
  /** Chosen by a person, never silently; what the other store holds stays there. */
  chooseKeyStore: method.input(z.strictObject({ choice: z.enum(['keychain', 'vault']) })).output(keyStoreSchema),
  /** Opens the vault, or makes it with its first passphrase. The passphrase is used once and kept nowhere. */
  unlockVault: method
    .errors(keyStoreAnswers)
    .input(z.strictObject({ passphrase: z.string() }))
    .output(keyStoreSchema),
  /** Drops keys, tokens and connections held in memory. A vault asks for its passphrase again. */
  lock: method.output(keyStoreSchema),
  /** After how many minutes without a person the workbench locks itself; null: never. */
  idleLock: method.output(idleLockSchema),
  lockAfter: method.input(idleLockSchema).output(idleLockSchema),
  /** A person touched the window. */
  present: method.output(z.object({})),
  /** Runs until the caller ends it. */
  changes: method.output(eventIterator(changeSchema)),
  recallWindow: method.output(windowStateSchema),
  rememberWindow: method.input(windowStateSchema).output(z.object({ kept: z.boolean() })),
}
