/** The sandbox as this process has it: the child it may have started, and the handlers of the contract's calls, loaded when one is made. */
import type { ProvokeParts } from './provoke.ts'
import type { SandboxChild, SandboxProgram } from './sandbox-program.ts'
import type { sandboxRouter } from './sandbox-router.ts'

export interface SandboxArea {
  router(): Promise<ReturnType<typeof sandboxRouter>>
  /** Stops the child this process started, if any. */
  stop(): Promise<boolean>
  /** Resolves when the child started here ends. */
  ended(): Promise<void>
}

/** Holds the child that was started here. */
export interface Keeper {
  child: SandboxChild | null
}

/** @returns false when there was none. */
export async function stopChild(keeper: Keeper): Promise<boolean> {
  const { child } = keeper
  keeper.child = null
  await child?.stop()
  return child !== null
}

/** `home` is the sandbox's own folder inside the data folder. */
export function createSandboxArea(
  home: string,
  program: SandboxProgram,
  changed: () => void,
  provoking: ProvokeParts,
): SandboxArea {
  const keeper: Keeper = { child: null }
  return {
    router: async () => (await import('./sandbox-router.ts')).sandboxRouter(home, program, keeper, changed, provoking),
    stop: () => stopChild(keeper),
    ended: () => keeper.child?.ended ?? Promise.resolve(),
  }
}
