/** Runs programs in turns, so that a slow moment of the machine meets them all, and gives what is typical of each. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { median, type Result, rounded } from './result.ts'

/** One run of a program: how long it took, the most memory it held, and what it printed. */
export interface Run {
  readonly milliseconds: number
  /** Bytes. */
  readonly peak: number
  /** Time of processors, user and system, all threads. Milliseconds: a busy machine changes it little. */
  readonly processor: number
  readonly stdout: string
}

/** @param environment with BENCH_PEAK_FILE, where the program's peak is written. @throws Error when the program does not end with 0 */
export function run(args: readonly string[], environment: NodeJS.ProcessEnv): Run {
  const watch = ['--import', pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href]
  const started = performance.now()
  const stdout = execFileSync(process.execPath, [...watch, ...args], {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 256 * 1024 * 1024,
  })
  const milliseconds = performance.now() - started
  const usage = JSON.parse(readFileSync(environment.BENCH_PEAK_FILE!, 'utf8')) as Pick<Run, 'peak' | 'processor'>
  return { milliseconds, ...usage, stdout }
}

export interface Medians {
  readonly milliseconds: number
  readonly peak: number
  readonly processor: number
}

/** Each contestant once a round, after one that does not count. */
export function inTurns<Name extends string>(
  rounds: number,
  contestants: Record<Name, () => Run>,
): Record<Name, Medians> {
  const names = Object.keys(contestants) as Name[]
  const runs = names.map((name): [Name, Run[]] => [name, []])
  for (const name of names) contestants[name]()
  for (let round = 0; round < rounds; round++) for (const [name, list] of runs) list.push(contestants[name]())
  const medians = runs.map(([name, list]): [Name, Medians] => [
    name,
    {
      milliseconds: median(list.map((each) => each.milliseconds)),
      peak: median(list.map((each) => each.peak)),
      processor: median(list.map((each) => each.processor)),
    },
  ])
  return Object.fromEntries(medians) as Record<Name, Medians>
}

export const figure = (id: string, milliseconds: number, other: number, against: string): Result => ({
  id,
  value: rounded(milliseconds, 1),
  unit: 'ms',
  ratio: rounded(milliseconds / other, 2),
  against,
})

export const memoryFigure = (id: string, bytes: number, other: number, against: string): Result => ({
  id,
  value: rounded(bytes / 1e6, 1),
  unit: 'MB',
  ratio: rounded(bytes / other, 2),
  against,
})
