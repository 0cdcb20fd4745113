/** Checks a bank folder, ours or a user's: each check by its id, with what is wrong where and what to do about it. */
import { bankChecks, type Check, documentChecks } from './bank-checks.ts'
import { checkedBank } from './checked-bank.ts'
import type { Problem } from './problem.ts'
import { readFolder } from './read-folder.ts'
import { compiledOrProblems } from './shape-problems.ts'

export interface CheckResult extends Problem {
  readonly id: string
  readonly ok: boolean
}

export interface BankCheck {
  readonly ok: boolean
  /** null where the folder does not load; operations and errors are counts. */
  readonly bank: {
    readonly id: string
    readonly name: string
    readonly operations: number
    readonly errors: number
  } | null
  /** In the order of the checks. A failed check has a line for each problem; one that needs what is missing has none. */
  readonly checks: readonly CheckResult[]
}

const most = 100

function resultsOf(id: string, promise: string, problems: readonly Problem[]): CheckResult[] {
  if (problems.length === 0) return [{ id, ok: true, message: promise, file: null, place: null }]
  const shown = problems.slice(0, most).map(({ message, file, place }) => ({ id, ok: false, message, file, place }))
  const left = problems.length - shown.length
  const more = { id, ok: false, message: `And ${left} more of this kind.`, file: null, place: null }
  return left > 0 ? [...shown, more] : shown
}

async function run<Subject>({ id, promise, problems }: Check<Subject>, subject: Subject): Promise<CheckResult[]> {
  try {
    return resultsOf(id, promise, await problems(subject))
  } catch (cause) {
    // A folder may be anything: what no check foresees is a fault of the folder too, and the other checks still run.
    const message = `The check came to no end: ${(cause as Error).message}`
    return resultsOf(id, promise, [{ message, file: null, place: null }])
  }
}

async function runAll<Subject>(checks: readonly Check<Subject>[], subject: Subject): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of checks) results.push(...(await run(check, subject)))
  return results
}

const failed = (checks: readonly CheckResult[]): boolean => checks.some(({ ok }) => !ok)

/** The suite over one folder. Only the folder itself may be a link; what stands in it never makes this throw. */
export async function checkBankFolder(folder: string): Promise<BankCheck> {
  const files = await readFolder(folder)
  const readable = 'The files are there and can be read.'
  if ('length' in files) return { ok: false, bank: null, checks: resultsOf('files', readable, files) }
  const documents = [...resultsOf('files', readable, []), ...(await runAll(documentChecks, files))]
  if (failed(documents)) return { ok: false, bank: null, checks: documents }
  const bank = compiledOrProblems(files)
  const loads = 'The workbench can load the folder.'
  if ('length' in bank) return { ok: false, bank: null, checks: [...documents, ...resultsOf('loading', loads, bank)] }
  const checks = [
    ...documents,
    ...resultsOf('loading', loads, []),
    ...(await runAll(bankChecks, checkedBank(files, bank))),
  ]
  const { profile, operations, errors } = bank
  return {
    ok: !failed(checks),
    bank: { id: profile.id, name: profile.name, operations: operations.length, errors: errors.length },
    checks,
  }
}
