/** Finds the product's own files, from the sources as well as from the built program. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

function upwards(from: string, wanted: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, wanted)
    if (existsSync(path)) return path
    if (dirname(folder) === folder) throw new Error(`${wanted} is not above ${from}`)
  }
}

export const resourcesFolder = (): string => upwards(import.meta.dirname, 'resources')

/** The sandbox program beside this one when built, from its sources otherwise. */
export function sandboxProgram(): { command: string; args: string[] } {
  const built = join(import.meta.dirname, 'sandbox.js')
  const beside = join(import.meta.dirname, '..', 'sandbox.js')
  const script =
    [built, beside].find((path) => existsSync(path)) ?? upwards(import.meta.dirname, join('src-sandbox', 'index.ts'))
  return { command: process.execPath, args: [script] }
}
