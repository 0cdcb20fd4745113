/** What a `$ref` names: a file of the import and a pointer into it. Nothing outside the folder, nothing over the network. */
import { quoted, refuse } from './import-limits.ts'

export interface Target {
  readonly file: string
  /** JSON Pointer; empty for the whole file. */
  readonly pointer: string
}

const outside = 'Copy the file into the folder of the main file and refer to it there.'

/** Decodes `%20` and the like. Throws for a broken escape. */
function decoded(text: string, file: string, place: string): string {
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw refuse({
      file,
      place,
      what: `the reference has a broken escape (${quoted(text)})`,
      remedy: 'Repair it.',
      cause,
    })
  }
}

/** Normalises a relative path; null where it leaves the folder. */
export function within(folder: string, path: string): string | null {
  const parts: string[] = folder === '' ? [] : folder.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return null
  }
  return parts.join('/')
}

export const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/')

function fileOf(reference: string, raw: string, file: string, place: string): string {
  if (raw === '') return file
  if (/^[a-z][a-z0-9+.-]+:/i.test(raw) || raw.startsWith('//')) {
    const scheme = /^file:/i.test(raw)
    throw refuse({
      file,
      place,
      what: scheme
        ? `the reference "${quoted(reference)}" is absolute`
        : `the reference "${quoted(reference)}" leads to another machine, and nothing is fetched`,
      remedy: scheme ? outside : `Download it, put it into the folder of the main file and refer to it there.`,
    })
  }
  const path = decoded(raw, file, place).replaceAll('\\', '/')
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\u0000')) {
    throw refuse({ file, place, what: `the reference "${quoted(reference)}" is absolute`, remedy: outside })
  }
  const found = within(folderOf(file), path)
  if (found !== null) return found
  throw refuse({
    file,
    place,
    what: `the reference "${quoted(reference)}" leads out of the folder of the main file`,
    remedy: outside,
  })
}

/** Throws IMPORT_REFUSED for a reference that is remote, absolute, leaves the folder, or is no JSON Pointer. */
export function resolveReference(reference: string, file: string, place: string): Target {
  const hash = reference.indexOf('#')
  const raw = hash < 0 ? reference : reference.slice(0, hash)
  const target = fileOf(reference, raw, file, place)
  const pointer = hash < 0 ? '' : decoded(reference.slice(hash + 1), file, place)
  if (pointer === '' || pointer.startsWith('/')) return { file: target, pointer }
  throw refuse({
    file,
    place,
    what: `the reference "${quoted(reference)}" names an anchor; only paths such as #/components/schemas/Name are followed`,
    remedy: 'Write the path instead of the anchor.',
  })
}
