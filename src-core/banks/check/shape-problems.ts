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

const kinds: Readonly<Record<string, string>> = { array: 'a list', record: 'a mapping', object: 'a mapping' }

/** In the words of a person who writes YAML: what is not there is missing, not "received undefined". */
function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  const name = issue.path.map(String).join('.') || 'The document'
  const found = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)
  if (found !== undefined || issue.path.length === 0) return `${name}: ${issue.message}`
  if (issue.code !== 'invalid_type') return `${name} is missing. ${issue.message}.`
  return `${name} is missing. Add it: ${kinds[issue.expected] ?? `a ${issue.expected}`}.`
}

/** Of a value that may be one of several things: what is wrong with it as the one it is nearest to. */
function nearestIssue(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const distance = (issues: readonly z.core.$ZodIssue[]): number =>
    issues.reduce((sum, one) => sum + (one.code === 'unrecognized_keys' ? one.keys.length : 1), 0)
  const [branch] = [...issue.errors].sort((a, b) => distance(a) - distance(b))
  const [first] = branch ?? []
  return first === undefined ? issue : nearestIssue({ ...first, path: [...issue.path, ...first.path] })
}

function problemsOf(schema: z.ZodType, value: unknown, file: string): Problem[] {
  const result = schema.safeParse(value)
  if (result.success) return []
  return result.error.issues.map(nearestIssue).map((issue) => ({
    message: messageOf(issue, value),
    file,
    place: pointerOf(issue.path),
  }))
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
