/** Brings the local sandbox to answer with one row of a bank's error table, by the row's recipe, and says whether it did. */
import type { Exchange, Finding } from '#shared/contract/exchange.ts'
import { type Draft, draftSchema } from '#shared/contract/requests.ts'
import type { ProvokeEvent } from '#shared/contract/sandbox.ts'
import { nothing } from '#shared/error-recipe.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import { Fault } from '#shared/fault.ts'
import { nearest } from '#shared/near.ts'
import { fromWire } from '#shared/wire.ts'
import type { Bank } from '../banks/bank.ts'
import type { Made, RecipeRun, ScratchWorkbench } from './provoke-scratch.ts'
import { StepRefused } from './provoke-steps.ts'
import { type Task, tasksOf, type Wanted } from './provoke-tasks.ts'
import { type ReadWords, rowDifferences } from './provoke-verdict.ts'
import { createSandboxServices, type SandboxServices } from './sandbox-services.ts'

/** What provoking draws on; other areas arrive here as functions. */
export interface ProvokeParts {
  banks(): Promise<readonly Bank[]>
  /** The bank at its local sandbox, without anything a person set for it. */
  sandboxBank(id: string): Promise<Bank>
  /** Opens a workbench whose calls go to the sandbox with this home, or to one it starts itself. */
  openScratch(sandbox: string | undefined): Promise<ScratchWorkbench>
  readonly readWords: ReadWords
  /** Puts an exchange into the user's history. */
  record(exchange: Exchange, draft: Draft): Promise<void>
}

type End = Extract<ProvokeEvent, { type: 'end' }>

async function findRow(errorId: string, { banks }: ProvokeParts): Promise<Wanted> {
  const rows = (await banks()).flatMap((bank) => bank.errors.map((row) => ({ bank, row })))
  const found = rows.find(({ row }) => row.id === errorId)
  if (found === undefined) {
    const near = nearest(
      errorId,
      rows.map(({ row }) => row.id),
    )
    const hint = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : ' Look it up with: tpp errors'
    throw new Fault('ERROR_UNKNOWN', `No bank has an error row "${errorId}".${hint}`, { errorId, near })
  }
  const { recipe } = found.row.reproduce
  if (recipe !== undefined) return { ...found, recipe }
  throw new Fault(
    'RECIPE_MISSING',
    `The error table of ${found.bank.name} does not say step by step how ${errorId} is provoked.`,
    { bank: found.bank.id, errorId },
  )
}

const mark = (row: ErrorRow): Finding => ({
  id: 'provoked',
  severity: 'note',
  message: `Made in the local sandbox to show the error row ${row.id}, with a certificate of an organisation that existed for this only.`,
})

/** The certificate is gone with the scratch workbench: nobody is to look for it, and a resend takes one of the user's own. */
async function keepLast({ exchange, draft }: Made, row: ErrorRow, parts: ProvokeParts): Promise<Exchange> {
  const marked: Exchange = { ...exchange, identity: null, grant: null, findings: [...exchange.findings, mark(row)] }
  const { identity, grant, ...open } = draftSchema.parse(draft)
  await parts.record(marked, {
    ...open,
    ...(identity === nothing ? { identity } : {}),
    ...(grant === nothing ? { grant } : {}),
  })
  return marked
}

interface Room {
  readonly scratch: ScratchWorkbench
  readonly services: SandboxServices
  readonly bank: Bank
}

/** A sandbox that runs and has the bank is used; else one is started for this only. */
async function openRoom(id: string, home: string, parts: ProvokeParts, options: RecipeRun['options']): Promise<Room> {
  const usable = (await createSandboxServices(home).banks()).includes(id)
  const scratch = await parts.openScratch(usable ? home : undefined)
  try {
    if (!usable) await scratch.client.sandbox.start({ banks: [id] }, options)
    return { scratch, services: createSandboxServices(scratch.sandboxHome), bank: await parts.sandboxBank(id) }
  } catch (error) {
    await scratch.discard()
    throw error
  }
}

async function newRun({ scratch, services, bank }: Room, options: RecipeRun['options']): Promise<RecipeRun> {
  const [{ urls }, { uri: callback }] = await Promise.all([
    services.endpoints(bank.id),
    scratch.client.access.returnAddress({ bank: bank.id }),
  ])
  return {
    bank,
    client: scratch.client,
    services,
    options,
    urls,
    callback,
    identities: new Map(),
    grants: new Map(),
    kept: new Map(),
    clocks: new Map(),
    switches: new Map(),
    calls: [],
  }
}

const cancelled = (): Fault =>
  new Fault('CANCELLED', 'Reproducing the error was stopped; what was made for it is gone.')

/** Yields each task as it begins; returns the last call that was made, and what stopped the rest. */
async function* perform(
  tasks: readonly Task[],
  signal: AbortSignal | undefined,
): AsyncGenerator<ProvokeEvent, { last: Made | null; failed: End['failed'] }, void> {
  let last: Made | null = null
  for (const [index, task] of tasks.entries()) {
    if (signal?.aborted) throw cancelled()
    const step = index + 1
    const text = task.text()
    yield { type: 'step', step, of: tasks.length, text }
    try {
      last = (await task.do()) ?? last
    } catch (error) {
      const refused = error instanceof StepRefused
      const { code, message } = refused ? { code: null, message: error.message } : fromWire(error)
      if (signal?.aborted || code === 'CANCELLED') throw cancelled()
      return { last: refused ? error.made : last, failed: { step, text, message } }
    }
  }
  return { last, failed: null }
}

/** Nobody is to find the organisations of a recipe in a sandbox that goes on running. What cannot be forgotten costs no result. */
async function forgetOrganisations({ identities, services }: RecipeRun): Promise<void> {
  const organisations = new Set([...identities.values()].map(({ organisation }) => organisation))
  await Promise.allSettled([...organisations].map((organisation) => services.forgetTenant(organisation)))
}

/** @param home of the user's sandbox. Throws ERROR_UNKNOWN, RECIPE_MISSING, SANDBOX_*, CANCELLED; a step that fails is the result. */
export async function* provoke(
  errorId: string,
  home: string,
  parts: ProvokeParts,
  signal?: AbortSignal,
): AsyncGenerator<ProvokeEvent, void, void> {
  const options = signal === undefined ? {} : { signal }
  const wanted = await findRow(errorId, parts)
  const room = await openRoom(wanted.bank.id, home, parts, options)
  let run: RecipeRun | null = null
  try {
    run = await newRun(room, options)
    const tasks = tasksOf({ ...wanted, bank: room.bank }, run)
    const { last, failed } = yield* perform(tasks, signal)
    const exchange = last === null ? null : await keepLast(last, wanted.row, parts)
    const differences = failed === null ? rowDifferences(wanted.row, exchange?.response ?? null, parts.readWords) : []
    const came = failed === null && differences.length === 0
    yield { type: 'end', bank: room.bank.id, errorId, came, differences, failed, exchange }
  } finally {
    if (run !== null && room.scratch.sandboxHome === home) await forgetOrganisations(run)
    await room.scratch.discard()
  }
}
