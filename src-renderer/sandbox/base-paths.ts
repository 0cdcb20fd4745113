/** The part of a path every operation of a host shares; in a narrow column the rest says more. */
import type { SandboxReady } from '#shared/sandbox-protocol.ts'

/** Longest first, without the slash at the end. */
export function basePaths(sandbox: SandboxReady): readonly string[] {
  const paths = sandbox.banks.flatMap(({ urls }) => Object.values(urls).map((url) => new URL(url).pathname))
  const bases = paths.map((path) => path.replace(/\/$/, '')).filter((path) => path !== '')
  return [...new Set(bases)].sort((a, b) => b.length - a.length)
}

export function withoutBase(path: string, bases: readonly string[]): string {
  const base = bases.find((each) => path.startsWith(`${each}/`))
  return base === undefined ? path : path.slice(base.length)
}
