/** The import itself: texts of an OpenAPI document in, a preview and the texts of a bank folder out. Pure: no disk, no network. */
import { stringify } from 'yaml'
import type { ViewName } from '#shared/bank-profile.ts'
import type { ImportPreview, NotSupported } from '#shared/contract/bank-import.ts'
import type { CompiledBank } from '../bank.ts'
import { presentReads, recogniseAccounts, recogniseFunds } from './account-calls.ts'
import type { Report } from './adapt-schema.ts'
import { bundleReferences } from './bundle-references.ts'
import { compileImport, type FolderTexts } from './compile-import.ts'
import { countExamples } from './count-examples.ts'
import { importLimits, quoted, refuse } from './import-limits.ts'
import { follow } from './json-pointer.ts'
import { createBudget, isObject, type JsonObject, type JsonTree, textOf } from './json-tree.ts'
import { countryOf, infoText, makeProfile, signatureOf } from './make-profile.ts'
import { moderniseDocument } from './modernise-document.ts'
import { openFiles } from './open-files.ts'
import { slug } from './operation-ids.ts'
import type { ImportFile } from './read-document.ts'
import { recogniseOpenapi } from './recognise-format.ts'
import { refuseTooMuch } from './refuse-too-much.ts'
import { applyScopes, recogniseAccess } from './resource-access.ts'
import { recogniseResources } from './resource-calls.ts'
import { readSecurity, type Security } from './security-schemes.ts'
import { createHosts, type Host } from './server-urls.ts'
import { type ShapedPaths, shapeOperations } from './shape-operations.ts'
import { type TagView, tagViews } from './tag-views.ts'

export interface ImportRequest {
  readonly files: readonly ImportFile[]
  readonly main: string
  /** What a person decided; everything left out is taken from the document. */
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly country?: string | undefined
  readonly views?: Readonly<Record<string, ViewName | null>> | undefined
}

export interface ImportResult {
  readonly id: string
  readonly preview: Omit<ImportPreview, 'idTakenBy'>
  readonly texts: FolderTexts
  readonly bank: CompiledBank
}

/** What one import has to say, each thing once and not without end. */
function createNotes() {
  const notSupported = new Map<string, NotSupported>()
  const warnings = new Set<string>()
  const report: Report = (place, what, effect) => {
    if (notSupported.size < 500) notSupported.set(`${place} ${what}`, { place: quoted(place), what, effect })
  }
  return { report, warn: (sentence: string) => void warnings.add(sentence), notSupported, warnings }
}
type Notes = ReturnType<typeof createNotes>

/** The document with everything in it found, before anything is written down. */
interface Found extends ShapedPaths {
  readonly main: string
  /** As the document says it. */
  readonly openapi: string
  readonly document: JsonObject
  readonly security: Security
  readonly hosts: readonly Host[]
  readonly tags: readonly TagView[]
  readonly fromBankFolder: boolean
}

function findAll(request: ImportRequest, notes: Notes): Found {
  const budget = createBudget()
  const files = openFiles(request.files, request.main, budget)
  const { main } = files
  const tree = files.tree(main)
  if (tree === undefined)
    throw refuse({ file: main, what: 'is not among the files', remedy: 'Give the main file too.' })
  const version = recogniseOpenapi(main, tree)
  const bundle = bundleReferences(files, budget)
  for (const { place, key } of bundle.unplaced)
    notes.report(place, `A reference inside "${quoted(key)}"`, 'The key is left out: OpenAPI has no reference there.')
  const document = moderniseDocument(main, bundle.document, version, notes.report)
  const security = readSecurity(document, notes.report)
  const hosts = createHosts(document.servers, notes.report)
  const shaped = shapeOperations({ file: main, document, security, hosts, report: notes.report, warn: notes.warn })
  const tags = tagViews(document, shaped.operations, request.views ?? {})
  const openapi = textOf((tree as JsonObject).openapi)
  const fromBankFolder = isFromBankFolder(tree)
  return { ...shaped, main, openapi, document, security, hosts: hosts.list(), tags, fromBankFolder }
}

const yaml = (value: unknown): string =>
  stringify(value, { aliasDuplicateObjects: false, lineWidth: 0, schema: 'core' })

interface Names {
  readonly id: string
  readonly name: string
  readonly country: string
  readonly title: string
  readonly version: string
}

function namesOf(request: ImportRequest, { document, main, hosts }: Found): Names {
  const title = infoText(document, 'title', 200) || main.replace(/\.\w+$/, '')
  return {
    id: request.id ?? (slug(title, 40) || 'bank'),
    name: request.name ?? title.slice(0, 80).trim(),
    country: request.country ?? countryOf(hosts),
    title,
    version: infoText(document, 'version', 40) || '0',
  }
}

function openapiText({ document, main, hosts, tags, paths }: Found, { title, version }: Names): string {
  const text = yaml({
    openapi: '3.1.0',
    info: { ...(isObject(document.info) ? document.info : {}), title, version },
    servers: [{ url: hosts.find(({ production }) => production !== '')?.production ?? '/' }],
    tags: tags.map(({ name, description, view }) => ({
      name,
      description: description || `Operations of the part ${name}.`,
      ...(view === null ? {} : { 'x-tpp-view': view }),
    })),
    ...(Array.isArray(document.security) ? { security: document.security } : {}),
    paths,
    components: document.components ?? {},
  })
  if (Buffer.byteLength(text) <= importLimits.resultBytes) return `# Imported from ${quoted(main)}.\n${text}`
  throw refuse({
    file: main,
    what: `makes a bank of ${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB; ${importLimits.resultBytes / 1e6} MB is the most`,
    remedy: 'Leave out the operations that are not needed.',
  })
}

function previewOf(
  found: Found,
  names: Names,
  bank: CompiledBank,
  notes: Notes,
  files: number,
): ImportResult['preview'] {
  const { document, hosts, tags, security, main, openapi } = found
  const schemas = follow(document, '/components/schemas')
  return {
    kind: 'openapi',
    title: names.title,
    version: names.version,
    openapi,
    suggestedId: names.id,
    suggestedName: names.name,
    suggestedCountry: names.country,
    counts: {
      operations: bank.operations.length,
      schemas: isObject(schemas) ? Object.keys(schemas).length : 0,
      tags: tags.length,
      parameters: bank.operations.reduce((sum, { parameters }) => sum + parameters.length, 0),
      examples: countExamples(main, document),
      errors: bank.errors.length,
      files,
    },
    servers: hosts.flatMap(({ id: host, description, production, sandbox }) => [
      { host, environment: 'production', url: production, description },
      { host, environment: 'bank-sandbox', url: sandbox, description },
    ]),
    securitySchemes: [...security.schemes],
    tags: tags.map((tag) => ({ ...tag, operations: tag.operations.map(({ tag: _, ...operation }) => operation) })),
    notSupported: [...notes.notSupported.values()],
    warnings: [...notes.warnings],
  }
}

/** Keys of our own were there: the document comes out of a bank folder, and alone it is only half of one. */
const isFromBankFolder = (tree: JsonTree | undefined): boolean =>
  Object.values((follow(tree, '/paths') as JsonObject | undefined) ?? {}).some(
    (item) => isObject(item) && Object.values(item).some((each) => isObject(each) && each['x-tpp-host'] !== undefined),
  )

function warnOfGaps({ headers, hosts, fromBankFolder }: Found, notes: Notes): void {
  if (fromBankFolder)
    notes.warn('The document comes from a bank folder: import the folder to keep what bank.yaml and x-tpp keys say.')
  const signature = signatureOf(headers)
  if (signature !== null)
    notes.warn(`The document declares the header ${signature}: choose the signing scheme in the profile.`)
  if (hosts.every(({ production, sandbox }) => production === '' && sandbox === ''))
    notes.warn('The document names no server that can be used: enter the base URLs in the environments.')
}

/** Throws IMPORT_REFUSED naming file, place and remedy. */
export function importDocument(request: ImportRequest): ImportResult {
  refuseTooMuch(request.files, request.main)
  const notes = createNotes()
  const found = findAll(request, notes)
  const names = namesOf(request, found)
  const views = found.tags.map(({ view }) => view)
  const berlinGroup = views.includes('consents') || views.includes('baskets')
  const accounts = views.includes('accounts') ? recogniseAccounts(found) : null
  const funds = views.includes('funds-confirmation') ? recogniseFunds(found) : null
  const resources = recogniseResources(found)
  const byLinks = recogniseAccess(found, resources, found.security)
  if (byLinks !== null) applyScopes(found, byLinks)
  const unattended = accounts === null ? [] : presentReads(found, accounts)
  const profile = makeProfile({ ...names, ...found, berlinGroup, accounts, funds, resources, byLinks, unattended })
  const texts = {
    'openapi.yaml': openapiText(found, names),
    'bank.yaml': `# What OpenAPI has no place for. Made by the import; edit it as you learn more about the bank.\n${yaml(profile)}`,
    'errors.yaml': '# The error reference: one row per error the bank documents.\n[]\n',
  }
  const bank = compileImport(texts, found.main)
  warnOfGaps(found, notes)
  return { id: names.id, texts, bank, preview: previewOf(found, names, bank, notes, request.files.length) }
}
