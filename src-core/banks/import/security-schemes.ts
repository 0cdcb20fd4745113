/** What the document's security schemes mean for a bank here: a token to enter, a header to fill in, a certificate. */
import type { AccessProfile } from '#shared/access-profile.ts'
import type { Report } from './adapt-schema.ts'
import { quoted } from './import-limits.ts'
import { follow, memberOf } from './json-pointer.ts'
import { isObject, type JsonObject, textOf } from './json-tree.ts'

type Role = 'PSP_AS' | 'PSP_PI' | 'PSP_AI' | 'PSP_IC'

export interface Security {
  readonly schemes: readonly { readonly name: string; readonly type: string; readonly note: string }[]
  readonly access: AccessProfile | null
  /** The document asks for a client certificate. */
  readonly mutualTls: boolean
  /** Scope of the token an operation needs; null where it needs none. */
  scopeOf(operation: JsonObject): string | null
  /** Parameters that carry an API key. */
  parametersOf(operation: JsonObject): JsonObject[]
}

const roleWords: readonly (readonly [RegExp, Role])[] = [
  [/fund|piis|cof/i, 'PSP_IC'],
  [/payment|pis|basket/i, 'PSP_PI'],
  [/account|ais|consent|balance|transaction/i, 'PSP_AI'],
]
const rolesOf = (scope: string): Role[] => roleWords.filter(([words]) => words.test(scope)).map(([, role]) => role)

const isToken = ({ type, scheme }: JsonObject): boolean =>
  type === 'oauth2' || type === 'openIdConnect' || (type === 'http' && /^bearer$/i.test(textOf(scheme)))

function scopesOf(scheme: JsonObject): [string, string][] {
  const flows = isObject(scheme.flows) ? Object.values(scheme.flows) : []
  return flows.flatMap((flow) =>
    isObject(flow) && isObject(flow.scopes)
      ? Object.entries(flow.scopes).map(([scope, text]): [string, string] => [scope, textOf(text)])
      : [],
  )
}

/** Where the token of a scheme comes from, in a sentence. */
function originOf(scheme: JsonObject): string {
  const flows = isObject(scheme.flows) ? Object.values(scheme.flows).filter(isObject) : []
  const urls = flows.flatMap((flow) => [
    ...(textOf(flow.authorizationUrl) ? [`authorisation at ${quoted(textOf(flow.authorizationUrl))}`] : []),
    ...(textOf(flow.tokenUrl) ? [`token from ${quoted(textOf(flow.tokenUrl))}`] : []),
  ])
  const discovery = textOf(scheme.openIdConnectUrl)
  if (discovery !== '') urls.push(`metadata at ${quoted(discovery)}`)
  return urls.length > 0 ? `OAuth 2.0: ${[...new Set(urls)].join(', ')}.` : 'As the bank says; its document does not.'
}

function note(name: string, scheme: JsonObject, report: Report): string {
  const place = memberOf('#/components/securitySchemes', name)
  if (scheme.type === 'mutualTLS') return 'The client certificate of an identity is sent.'
  if (isToken(scheme)) {
    if (scheme.type !== 'http')
      report(
        place,
        `The ${textOf(scheme.type)} flow of "${quoted(name)}"`,
        'A token is entered by hand, until the flow is written under access in bank.yaml.',
      )
    return 'A token is entered by hand and sent as Authorization: Bearer.'
  }
  if (scheme.type === 'apiKey' && scheme.in !== 'cookie')
    return `Sent as the ${textOf(scheme.in)} parameter ${quoted(textOf(scheme.name))}; its value can be kept per environment.`
  const kind = `${textOf(scheme.type)} ${textOf(scheme.scheme) || textOf(scheme.in)}`.trim()
  report(place, `Security scheme "${quoted(name)}" (${quoted(kind)})`, 'Give what it needs as a header of your own.')
  return 'Not supported; give what it needs as a header of your own.'
}

/** Reads `components.securitySchemes` of the bundled document. */
export function readSecurity(document: JsonObject, report: Report): Security {
  const found = follow(document, '/components/securitySchemes')
  const schemes = Object.entries(isObject(found) ? found : {}).filter((entry): entry is [string, JsonObject] =>
    isObject(entry[1]),
  )
  const tokens = schemes.filter(([, scheme]) => isToken(scheme))
  const fallback = 'access'

  /** The alternatives an operation offers; an empty one says that nothing is needed. */
  const requirementsOf = (operation: JsonObject): JsonObject[] => {
    const list = operation.security ?? document.security
    return Array.isArray(list) ? list.filter(isObject) : []
  }
  const scopeOf = (operation: JsonObject): string | null => {
    const requirements = requirementsOf(operation)
    if (requirements.some((each) => Object.keys(each).length === 0)) return null
    for (const [name] of tokens) {
      const requirement = requirements.find((each) => Object.hasOwn(each, name))
      const wanted = requirement?.[name]
      if (requirement !== undefined) return (Array.isArray(wanted) && textOf(wanted[0])) || fallback
    }
    return null
  }
  const scopes = new Map<string, string>(tokens.flatMap(([, scheme]) => scopesOf(scheme)))
  const listed = [...scopes].map(([scope, purpose]) => ({ scope, roles: rolesOf(scope), purpose: purpose || scope }))
  const paths = isObject(document.paths) ? Object.values(document.paths).filter(isObject) : []
  const unnamed = paths
    .flatMap((item) => Object.values(item).filter(isObject))
    .some((each) => scopeOf(each) === fallback)
  const some =
    unnamed && !scopes.has(fallback) ? [{ scope: fallback, roles: [], purpose: 'Operations that name no scope.' }] : []
  const origin = tokens.map(([, scheme]) => originOf(scheme)).join(' ')
  return {
    schemes: schemes.map(([name, scheme]) => ({
      name,
      type: textOf(scheme.type),
      note: note(name, scheme, report),
    })),
    access: tokens.length === 0 ? null : { flow: 'bearer', origin, scopes: [...listed, ...some] },
    mutualTls: schemes.some(([, { type }]) => type === 'mutualTLS'),
    scopeOf,
    parametersOf: (operation) =>
      schemes
        .filter(([name, { type, in: place }]) => {
          const asked = requirementsOf(operation).some((each) => Object.hasOwn(each, name))
          return asked && type === 'apiKey' && (place === 'header' || place === 'query')
        })
        .map(([name, scheme]) => ({
          name: scheme.name!,
          in: scheme.in!,
          required: false,
          description: textOf(scheme.description) || `Key of the security scheme ${name}.`,
          schema: { type: 'string' },
        })),
  }
}
