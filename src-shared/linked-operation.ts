/** Finds the operation a link of a bank's answer leads to, by method and path: buttons come from what the bank offers now. */

/** What is needed of an operation. */
export interface LinkableOperation {
  readonly id: string
  readonly method: string
  /** With `{name}` for each path parameter. */
  readonly path: string
}

export interface OperationLink {
  readonly rel: string
  readonly method: string
  /** Absolute, from the root, or from the bank's base URL. */
  readonly href: string
}

export interface LinkedOperation {
  readonly rel: string
  readonly operation: string
  /** Values of the path parameters the link names. */
  readonly parameters: Readonly<Record<string, string>>
}

/** What banks print where an id would stand. */
const placeholder = /^(x{2,}|\{.*\}|<.*>|:.*)$/i

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

/** Path of a link without query and fragment; null for what is no address. */
function pathOf(href: string): string | null {
  const [, scheme, path = ''] = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/?#]*)?)?([^?#]*)/i.exec(href) ?? []
  return scheme === undefined || /^https?:\/\//i.test(scheme) ? path : null
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

interface Match {
  readonly parameters: Record<string, string>
  readonly literals: number
}

/** The link's last segments against the operation's: what precedes them belongs to the base URL. */
function matchPath(path: string, segments: readonly string[]): Match | null {
  const wanted = segmentsOf(path)
  if (wanted.length === 0 || wanted.length > segments.length) return null
  const given = segments.slice(segments.length - wanted.length)
  const parameters: Record<string, string> = {}
  let literals = 0
  for (const [index, part] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1]
    const value = decoded(given[index]!)
    if (name === undefined) {
      if (part.toLowerCase() !== value.toLowerCase()) return null
      literals += 1
    } else if (!placeholder.test(value)) parameters[name] = value
  }
  return { parameters, literals }
}

/** null where no operation fits. Of several the one with the most literal segments counts. */
export function linkedOperation(link: OperationLink, operations: readonly LinkableOperation[]): LinkedOperation | null {
  const path = pathOf(link.href)
  if (path === null) return null
  const segments = segmentsOf(path)
  let best: { id: string; match: Match } | null = null
  for (const { id, method, path: template } of operations) {
    if (method.toUpperCase() !== link.method.toUpperCase()) continue
    const match = matchPath(template, segments)
    if (match !== null && (best === null || match.literals > best.match.literals)) best = { id, match }
  }
  return best === null ? null : { rel: link.rel, operation: best.id, parameters: best.match.parameters }
}

function ownValue(value: object, name: string): unknown {
  // The names are read in any case: one bank writes its problems in capitals and its answers without.
  const key = Object.keys(value).find((each) => each.toLowerCase() === name)
  return key === undefined ? undefined : (value as Record<string, unknown>)[key]
}

/** `operations[]` of an answer: `{rel, method, href}` each. What is none is passed over. */
export function operationLinks(answer: unknown): OperationLink[] {
  if (typeof answer !== 'object' || answer === null) return []
  const list = ownValue(answer, 'operations')
  if (!Array.isArray(list)) return []
  return list.flatMap((entry: unknown): OperationLink[] => {
    if (typeof entry !== 'object' || entry === null) return []
    const [rel, method, href] = ['rel', 'method', 'href'].map((name) => ownValue(entry, name))
    if (typeof rel !== 'string' || typeof href !== 'string') return []
    return [{ rel, method: typeof method === 'string' ? method : 'GET', href }]
  })
}

/** The operations an answer offers now, in its order. */
export function offeredOperations(answer: unknown, operations: readonly LinkableOperation[]): LinkedOperation[] {
  return operationLinks(answer).flatMap((link) => linkedOperation(link, operations) ?? [])
}
