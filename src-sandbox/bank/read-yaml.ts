/** Reads YAML, and remembers it as JSON: the banks' documents take half a second as the one and milliseconds as the other. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { readFileIfThere } from '#sandbox/home/atomic-file.ts'

/** Null where there is none, or only a part of one: JSON that was cut off is no JSON. */
function remembered(file: string): unknown {
  const text = readFileIfThere(file)
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** @param folder where it is kept under the digest of its text; left out, nothing is kept. @throws what `yaml` throws. */
export function readYaml(text: string, folder?: string): unknown {
  if (folder === undefined) return parse(text)
  const file = join(folder, `${createHash('sha256').update(text).digest('hex')}.json`)
  const known = remembered(file)
  if (known !== null) return known
  const value: unknown = parse(text)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, JSON.stringify(value) ?? 'null')
  return value
}
