/** Where the document says the bank's hosts are: usable base URLs, sandbox and production apart. */
import type { Report } from './adapt-schema.ts'
import { quoted } from './import-limits.ts'
import { isObject, type JsonTree, textOf } from './json-tree.ts'
import { slug } from './operation-ids.ts'

export interface Host {
  readonly id: string
  readonly description: string
  /** Base URLs without a slash at the end; empty where the document names none. */
  readonly production: string
  readonly sandbox: string
}

const sandboxWords =
  /sandbox|\bsbx\b|staging|\bstage\b|\buat\b|\btest|\bdev\b|\bdemo\b|mock|simulat|localhost|127\.0\.0\.1/i

const productionWords = /\bproduction\b|\bprod\b|\blive\b/i

/** What the document says of a server goes before what its name looks like; a top-level domain is no word about it. */
function isSandbox(url: string, description: string): boolean {
  if (sandboxWords.test(description)) return true
  if (productionWords.test(description)) return false
  return sandboxWords.test(url.replace(/^(https?:\/\/[^/:]*)\.test(?=[:/]|$)/i, '$1'))
}

/** Fills in the variables with their defaults. */
function filled(server: JsonTree, place: string, report: Report): string {
  if (!isObject(server)) return ''
  const { variables } = server
  return textOf(server.url).replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined
    const value = isObject(variable) ? textOf(variable.default) : ''
    report(
      place,
      `The server variable {${quoted(name)}}`,
      value === '' ? 'It has no default: the URL is left empty.' : `Its default ${quoted(value)} is used.`,
    )
    return value === '' ? '\u0000' : value
  })
}

/** A base our requests can be appended to, or the empty string with a word about why. */
function usable(url: string, place: string, report: Report): string {
  if (url === '' || url.includes('\u0000')) return ''
  if (!/^https?:\/\//i.test(url)) {
    if (url !== '/')
      report(place, `The server URL "${quoted(url)}" has no host`, 'Enter the whole base URL in the environment.')
    return ''
  }
  if (!URL.canParse(url)) {
    report(place, `The server URL "${quoted(url)}" is no URL`, 'Enter the base URL in the environment.')
    return ''
  }
  const parsed = new URL(url)
  if (parsed.username !== '' || parsed.password !== '' || parsed.search !== '' || parsed.hash !== '')
    report(place, 'The server URL has a user name, query or fragment', 'They are left out.')
  return `${parsed.origin}${parsed.pathname}`.replace(/\/+$/, '')
}

interface Bases {
  readonly production: string
  readonly sandbox: string
  readonly descriptions: readonly string[]
}

function readServers(servers: JsonTree | undefined, place: string, report: Report): Bases {
  const read = (Array.isArray(servers) ? servers : []).map((server, index) => {
    const at = `${place}/${index}`
    const description = isObject(server) ? textOf(server.description) : ''
    const url = usable(filled(server, at, report), at, report)
    return { url, description, sandbox: isSandbox(url, description), at }
  })
  const production = read.find(({ sandbox, url }) => !sandbox && url !== '')
  const sandbox = read.find((each) => each.sandbox && each.url !== '')
  for (const each of read) {
    if (each.url !== '' && each !== production && each !== sandbox)
      report(
        each.at,
        `The server ${quoted(each.url)}`,
        'Another one is taken; change the environment if this is right.',
      )
  }
  return {
    production: production?.url ?? '',
    sandbox: sandbox?.url ?? '',
    descriptions: read.map(({ description }) => description).filter((text) => text !== ''),
  }
}

/** The hosts of a document: `api` for its own servers, one more for every other pair of base URLs. */
export function createHosts(servers: JsonTree | undefined, report: Report) {
  const main = readServers(servers, '#/servers', report)
  const hosts: Host[] = [{ id: 'api', description: main.descriptions[0] ?? 'The API.', ...pick(main) }]
  const find = (own: JsonTree | undefined, place: string): string => {
    if (!Array.isArray(own) || own.length === 0) return 'api'
    const bases = readServers(own, place, report)
    if (bases.production === '' && bases.sandbox === '') return 'api'
    const known = hosts.find((host) => host.production === bases.production && host.sandbox === bases.sandbox)
    if (known !== undefined) return known.id
    const label = new URL(bases.production || bases.sandbox).hostname.split('.')[0]!
    const base = slug(label, 30) || 'host'
    let id = base
    for (let count = 2; hosts.some((host) => host.id === id); count += 1) id = `${base}-${count}`
    hosts.push({ id, description: bases.descriptions[0] ?? `Operations on ${label}.`, ...pick(bases) })
    return id
  }
  const used = new Set<string>()
  const hostOf = (own: JsonTree | undefined, place: string): string => {
    const id = find(own, place)
    used.add(id)
    return id
  }
  return {
    /** Those an operation lives on. */
    list: (): readonly Host[] => hosts.filter(({ id }) => used.has(id)),
    /** The host of an operation: its own servers go before those of its path, those before the document's. */
    hostOf,
  }
}
const pick = ({ production, sandbox }: Bases) => ({ production, sandbox })
