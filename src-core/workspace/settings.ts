/** The few things a person decided for this data folder. */
import { join } from 'node:path'
import { z } from 'zod'
import { readJson, writeJson } from '../files/json-file.ts'

const settingsSchema = z.looseObject({
  keyStore: z.enum(['keychain', 'vault']).optional(),
  /** Minutes; null: never. */
  lockAfter: z.int().min(1).max(1440).nullable().optional(),
})
export type WorkspaceSettings = z.infer<typeof settingsSchema>

export interface SettingsFile {
  read(): Promise<WorkspaceSettings>
  change(change: Partial<WorkspaceSettings>): Promise<void>
}

export function createSettings(folder: string): SettingsFile {
  const file = join(folder, 'settings.json')
  const read = async () => (await readJson(file, settingsSchema)) ?? {}
  return { read, change: async (change) => writeJson(file, { ...(await read()), ...change }) }
}
