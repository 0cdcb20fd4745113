/** Banks of the user's own: imported from an OpenAPI document or a bank folder, edited, checked, given back, removed. */
import { z } from 'zod'
import { viewNames } from '../bank-profile.ts'
import { signingProfileSchema } from '../signing-profile.ts'
import { valueRecipeNames } from '../value-recipe.ts'
import { answers, method } from './answers.ts'
import { bankViewSchema } from './banks.ts'

/** Bytes of all files together, as UTF-8. */
export const mostImportBytes = 20 * 1024 * 1024

export const bankIdSchema = z
  .string()
  .max(60)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'A bank id has lower case letters, digits and hyphens.')

/** Path within the folder of the main file, with forward slashes. */
const importFileSchema = z.strictObject({ path: z.string().min(1).max(1000), text: z.string() })
export type ImportFileInput = z.infer<typeof importFileSchema>

const importFiles = {
  /**
   * The main file and the files it refers to. Where one is missing, IMPORT_REFUSED lists it in `details.missing`: add it
   * and ask again.
   */
  files: z.array(importFileSchema).min(1),
  /** Path of the OpenAPI document, or of `bank.yaml` where the files are those of a bank folder. */
  main: z.string(),
}

export const notSupportedSchema = z.object({
  /** JSON Pointer into the document, or into the bundled one. */
  place: z.string(),
  what: z.string(),
  /** What that means for the person who uses the bank. */
  effect: z.string(),
})
export type NotSupported = z.infer<typeof notSupportedSchema>

export const importPreviewSchema = z.object({
  kind: z.enum(['openapi', 'bank-folder']),
  title: z.string(),
  version: z.string(),
  /** As the document says it, such as `3.0.3`. */
  openapi: z.string(),
  suggestedId: z.string(),
  suggestedName: z.string(),
  /** Two letters; `XX` where nothing tells. */
  suggestedCountry: z.string(),
  /** Whether a bank has the suggested id already; one of the user's can be replaced. */
  idTakenBy: z.enum(['shipped', 'user']).nullable(),
  counts: z.object({
    operations: z.int(),
    schemas: z.int(),
    tags: z.int(),
    parameters: z.int(),
    examples: z.int(),
    errors: z.int(),
    files: z.int(),
  }),
  /** `url` is empty where the document names none that can be used. */
  servers: z.array(z.object({ host: z.string(), environment: z.string(), url: z.string(), description: z.string() })),
  securitySchemes: z.array(z.object({ name: z.string(), type: z.string(), note: z.string() })),
  tags: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      view: z.enum(viewNames).nullable(),
      operations: z.array(z.object({ id: z.string(), method: z.string(), path: z.string(), title: z.string() })),
    }),
  ),
  notSupported: z.array(notSupportedSchema),
  warnings: z.array(z.string()),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

const hostNeed = z.enum(['QWAC', 'none'])

/** What of a profile a person edits in the window; everything else stands in `bank.yaml`. */
export const editableProfileSchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  country: z.string().regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166-1).'),
  hosts: z.record(z.string(), z.strictObject({ description: z.string(), clientCertificate: hostNeed })),
  environments: z
    .array(
      z.strictObject({
        id: bankIdSchema,
        name: z.string().trim().min(1).max(80),
        kind: z.enum(['local-sandbox', 'bank-sandbox', 'production']),
        urls: z.record(z.string(), z.string()),
        certificates: z.record(z.string(), hostNeed).default({}),
        /** PEM certificates trusted beside the built-in roots. */
        ca: z.array(z.string()).default([]),
        proxy: z.strictObject({ url: z.string() }).optional(),
        /** Values of parameters a draft leaves out. */
        values: z.record(z.string(), z.string()).default({}),
        note: z.string().optional(),
      }),
    )
    .min(1),
  signing: signingProfileSchema,
  headers: z.array(
    z.strictObject({
      name: z.string(),
      value: z.enum(valueRecipeNames).optional(),
      text: z.string().optional(),
      operations: z.enum(['declared', 'all']).default('declared'),
      reason: z.string(),
    }),
  ),
})
export type EditableProfile = z.infer<typeof editableProfileSchema>

const profileViewSchema = z.object({
  bank: z.string(),
  source: z.enum(['shipped', 'user']),
  /** False for the banks of the product. */
  editable: z.boolean(),
  profile: editableProfileSchema,
})
export type ProfileView = z.infer<typeof profileViewSchema>

export const bankCheckSchema = z.object({
  ok: z.boolean(),
  bank: z.object({ id: z.string(), name: z.string(), operations: z.int(), errors: z.int() }).nullable(),
  checks: z.array(
    z.object({
      id: z.string(),
      ok: z.boolean(),
      message: z.string(),
      file: z.string().nullable(),
      place: z.string().nullable(),
    }),
  ),
})
export type BankCheckView = z.infer<typeof bankCheckSchema>

const folderFilesSchema = z.array(z.object({ path: z.string(), text: z.string() }))
const named = z.strictObject({ bank: z.string() })

export const bankImport = {
  /** What an import would make; nothing is written, run or fetched. */
  previewImport: method
    .errors(answers('IMPORT_REFUSED', 'CANCELLED'))
    .input(z.strictObject(importFiles))
    .output(importPreviewSchema),
  /** Makes the bank's folder in one step: it is there whole or not at all. */
  import: method
    .errors(answers('IMPORT_REFUSED', 'BANK_EXISTS', 'BANK_READ_ONLY', 'CANCELLED', 'BUSY'))
    .input(
      z.strictObject({
        ...importFiles,
        id: bankIdSchema,
        /** The document's or the folder's own where left out. */
        name: z.string().trim().min(1).max(80).optional(),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/, 'Two capital letters (ISO 3166-1).')
          .optional(),
        /** Tag → the view it belongs to, where the preview's suggestion is not right. */
        views: z.record(z.string(), z.enum(viewNames).nullable()).default({}),
        /** Take the place of a bank of the user's own. */
        replace: z.boolean().default(false),
      }),
    )
    .output(bankViewSchema),
  /** The files of a bank's folder as they are, shipped or the user's own. */
  exportFolder: method
    .errors(answers('BANK_UNKNOWN'))
    .input(named)
    .output(z.object({ bank: z.string(), files: folderFilesSchema })),
  readProfile: method.errors(answers('BANK_UNKNOWN')).input(named).output(profileViewSchema),
  /** Writes what was edited into the bank's `bank.yaml` and leaves the rest of it, comments included, as it is. */
  saveProfile: method
    .errors(answers('BANK_UNKNOWN', 'BANK_READ_ONLY', 'BUSY'))
    .input(z.strictObject({ bank: z.string(), profile: editableProfileSchema }))
    .output(profileViewSchema),
  /** Removes a bank of the user's own. History and grants stay. */
  remove: method
    .errors(answers('BANK_UNKNOWN', 'BANK_READ_ONLY', 'BUSY'))
    .input(named)
    .output(z.object({ id: z.string(), name: z.string() })),
  /** Runs the checks of the product's own banks over a bank, or over files that are none yet. */
  check: method
    .errors(answers('BANK_UNKNOWN', 'IMPORT_REFUSED'))
    .input(
      z.union([named, z.strictObject({ folder: z.string().min(1).max(200), files: z.array(importFileSchema).min(1) })]),
    )
    .output(bankCheckSchema),
}
