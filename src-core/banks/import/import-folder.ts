/** Takes in a bank folder as another workbench exported it: its texts stay as they are. */
import { parse } from 'yaml'
import { compileImport } from './compile-import.ts'
import type { ImportRequest, ImportResult } from './import-document.ts'
import { importLimits, quoted, refuse } from './import-limits.ts'
import { createBudget, isObject } from './json-tree.ts'
import { readDocument } from './read-document.ts'
import { refuseTooMuch } from './refuse-too-much.ts'
import { spliceYaml } from './splice-yaml.ts'

/** The files of a bank folder; the last one may be missing. */
export const folderFiles = ['openapi.yaml', 'bank.yaml', 'errors.yaml', 'journeys.yaml'] as const

const slash = (path: string): string => path.replaceAll('\\', '/')
const nameIn = (path: string): string => slash(path).split('/').at(-1)!

export const isBankFolder = ({ main }: ImportRequest): boolean => nameIn(main) === 'bank.yaml'

/** The texts beside the main file, and the names of those that belong to no bank. */
function textsOf({ files, main }: ImportRequest): { texts: Record<string, string>; others: string[] } {
  const folder = slash(main).slice(0, -'bank.yaml'.length)
  const texts: Record<string, string> = {}
  const others: string[] = []
  for (const { path, text } of files) {
    const name = folderFiles.find((each) => slash(path) === `${folder}${each}`)
    if (name === undefined) others.push(slash(path))
    else texts[name] = text
  }
  for (const name of folderFiles.slice(0, 3)) {
    if (texts[name] !== undefined) continue
    throw refuse({
      file: name,
      what: 'is missing in the bank folder',
      remedy: 'A bank folder has openapi.yaml, bank.yaml and errors.yaml, as tpp banks export writes them.',
      details: { missing: [`${folder}${name}`] },
    })
  }
  return { texts, others }
}

/** The profile with another id, name or country; every other character stays. */
function withAnswers(text: string, { id, name, country }: ImportRequest): string {
  const given = parse(text) as unknown
  const own = (key: string): unknown => (isObject(given) ? given[key] : undefined)
  return Object.entries({ id, name, country })
    .filter(([key, value]) => value !== undefined && own(key) !== value)
    .reduce((so, [key, value]) => spliceYaml(so, [key], value), text)
}

/** Throws IMPORT_REFUSED naming the file and the place in it. */
export function importFolder(request: ImportRequest): ImportResult {
  refuseTooMuch(request.files, request.main)
  const { texts: given, others } = textsOf(request)
  // The loader of banks trusts its files; those of others are held to the import's limits first.
  const budget = createBudget()
  for (const [path, text] of Object.entries(given)) readDocument({ path, text }, budget)
  if (Buffer.byteLength(given['openapi.yaml']!) > importLimits.resultBytes)
    throw refuse({ file: 'openapi.yaml', what: 'is too long', remedy: 'Leave out what is not needed.' })
  const texts = { ...given, 'bank.yaml': withAnswers(given['bank.yaml']!, request) }
  const bank = compileImport(texts)
  const { profile, operations, tags, errors, components } = bank
  const member = (key: string): number => Object.keys((components[key] as object | undefined) ?? {}).length
  return {
    id: profile.id,
    texts,
    bank,
    preview: {
      kind: 'bank-folder',
      title: profile.source.title,
      version: profile.source.version,
      openapi: '3.1',
      suggestedId: profile.id,
      suggestedName: profile.name,
      suggestedCountry: profile.country,
      counts: {
        operations: operations.length,
        schemas: member('schemas'),
        tags: tags.length,
        parameters: operations.reduce((sum, { parameters }) => sum + parameters.length, 0),
        examples: operations.filter(({ body }) => body?.example !== null && body !== null).length,
        errors: errors.length,
        files: Object.keys(given).length,
      },
      servers: profile.environments.flatMap(({ id, urls }) =>
        Object.entries(urls).map(([host, url]) => ({
          host,
          environment: id,
          url,
          description: profile.hosts[host]?.description ?? '',
        })),
      ),
      securitySchemes: [],
      tags: tags.map((tag) => ({
        ...tag,
        operations: operations
          .filter((operation) => operation.tags.includes(tag.name))
          .map(({ id, method, path, title }) => ({ id, method, path, title })),
      })),
      notSupported: [],
      warnings: others.map((path) => `${quoted(path)} is no file of a bank folder and is left out.`),
    },
  }
}
