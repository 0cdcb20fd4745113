/** Which port each listener gets: chosen once and remembered, so that callbacks and URLs stay as they are. */
import { z } from 'zod'
import { readFileIfThere, writeFileAtomically } from '#sandbox/home/atomic-file.ts'

const planSchema = z.record(z.string(), z.int().min(1).max(65_535))

export interface PortPlan {
  /** The port a listener must take; undefined where any free one will do. */
  wanted(name: string): number | undefined
  took(name: string, port: number): void
  remember(): void
}

function remembered(path: string): Record<string, number> {
  const text = readFileIfThere(path)
  if (text === null) return {}
  try {
    return planSchema.parse(JSON.parse(text))
  } catch {
    // A damaged plan costs stable URLs, not the start.
    return {}
  }
}

/** @param basePort asked for on the command line: overrules what is remembered, counted up in the order of the listeners. */
export function openPortPlan(path: string, basePort: number | undefined, listeners: readonly string[]): PortPlan {
  const plan = remembered(path)
  if (basePort !== undefined) for (const [index, name] of listeners.entries()) plan[name] = basePort + index
  return {
    wanted: (name) => plan[name],
    took: (name, port) => {
      plan[name] = port
    },
    remember: () => writeFileAtomically(path, `${JSON.stringify(plan, null, 2)}\n`),
  }
}
