/** What Redocly says about openapi.yaml and journeys.yaml, with the rules of redocly.yaml. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Problem } from './problem.ts'
import type { FolderFiles } from './read-folder.ts'

const patience = 60_000

const reportSchema = z.object({
  problems: z.array(
    z.object({
      ruleId: z.string(),
      message: z.string(),
      location: z.array(z.object({ pointer: z.string().optional() })),
      from: z.object({ pointer: z.string() }).optional(),
    }),
  ),
})
type Report = z.infer<typeof reportSchema>

interface Linter {
  readonly script: string
  readonly config: string
}

/** Where the linter and its rules lie; null where the workbench is installed without them. */
function findLinter(): Linter | null {
  try {
    const home = dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json'))
    return { script: join(home, 'bin', 'cli.js'), config: join(home, '..', '..', '..', 'redocly.yaml') }
  } catch {
    return null
  }
}

/**
 * What the linter prints, in a thread of its own: its command line is its public interface, the thread can be ended, and its
 * memory has a limit. The rules are named, since it would otherwise take those of the folder it is started in, with their code.
 */
async function lint({ script, config }: Linter, documents: readonly string[]): Promise<string> {
  const options = ['--config', config, '--lint-config', 'off', '--format', 'json', '--max-problems', '100']
  const worker = new Worker(script, {
    argv: ['lint', ...documents, ...options],
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' },
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  const failure = new Promise<never>((_, reject) => worker.once('error', reject))
  const timer = setTimeout(() => void worker.terminate(), patience)
  try {
    const [printed] = await Promise.race([Promise.all([text(worker.stdout), text(worker.stderr)]), failure])
    return printed
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** One JSON document follows another; only the end of a whole one is a brace at the start of a line. */
function reportsOf(printed: string, documents: number): Report[] {
  const parts = printed.split(/(?<=^\})/m).filter((part) => part.trim() !== '')
  if (parts.length !== documents) throw new Error(`it judged ${parts.length} of ${documents} documents.`)
  return parts.map((part) => reportSchema.parse(JSON.parse(part)))
}

/** Only for documents whose references stay inside them: the linter follows the others, also over the network. */
export async function lintProblems({ folder, journeys }: FolderFiles): Promise<Problem[]> {
  const problem = (message: string): Problem[] => [{ message, file: null, place: null }]
  const linter = findLinter()
  if (linter === null) return problem('The linter @redocly/cli is not installed. Run npm install in the workbench.')
  const files = journeys === null ? ['openapi.yaml'] : ['openapi.yaml', 'journeys.yaml']
  try {
    const printed = await lint(
      linter,
      files.map((file) => join(folder, file)),
    )
    return reportsOf(printed, files.length).flatMap(({ problems }, index) =>
      problems.map(({ ruleId, message, location, from }) => ({
        message: `${message} (${ruleId})`,
        file: files[index]!,
        place: from?.pointer ?? location[0]?.pointer ?? null,
      })),
    )
  } catch (cause) {
    return problem(`The linter came to no end: ${(cause as Error).message}`)
  }
}
