/** Whether bank.yaml, errors.yaml and openapi.yaml have the shapes the workbench loads: every mistake, not only the first. */
import { z } from 'zod'
import { bankProfileSchema } from '#shared/bank-profile.ts'
import { errorRowSchema } from '#shared/error-row.ts'
import { isFault } from '#shared/fault.ts'
import type { CompiledBank } from '../bank.ts'
import { compileBank } from '../compile-bank.ts'
import { pointerOf } from './json-document.ts'
import type { Problem } from './problem.ts'
import type { FolderFiles } from './read-folder.ts'

function problemsOf(schema: z.ZodType, value: unknown, file: string): Problem[] {
  const result = schema.safeParse(value)
  if (result.success) return []
  return result.error.issues.map((issue) => {
    const place = pointerOf(issue.path)
    return { message: `${issue.path.map(String).join('.') || 'The document'}: ${issue.message}`, file, place }
  })
}

export const profileShapeProblems = ({ bank }: FolderFiles): Problem[] =>
  problemsOf(bankProfileSchema, bank, 'bank.yaml')

export function errorTableShapeProblems({ errors }: FolderFiles): Problem[] {
  if (errors !== null) return problemsOf(z.array(errorRowSchema), errors, 'errors.yaml')
  return [
    { message: 'The file is empty. Write [] for a bank without documented errors.', file: 'errors.yaml', place: null },
  ]
}

/** The bank as the workbench loads it, or why it does not. */
export function compiledOrProblems({ texts }: FolderFiles): CompiledBank | Problem[] {
  try {
    return compileBank(texts)
  } catch (fault) {
    if (!isFault(fault)) throw fault
    const { file, place } = fault.details as { file?: string; place?: string }
    return [{ message: fault.message, file: file ?? 'openapi.yaml', place: place ?? null }]
  }
}
