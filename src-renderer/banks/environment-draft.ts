/** An environment as it is being edited: every field as typed, and the way to what the engine keeps and back. */
import type { Adjustment, EnvironmentOverride } from '#shared/bank-environment.ts'
import type { SigningProfile } from '#shared/signing-profile.ts'

export interface ParameterDraft {
  /** Empty: as the bank's folder has it. The same holds for the others. */
  readonly name: string
  readonly value: string
  /** Allowed values, one per line. */
  readonly values: string
  readonly required: '' | 'yes' | 'no'
}

/** What is not named stays as the bank's folder has it; so does a text left empty. */
export interface EnvironmentDraft {
  readonly urls: Readonly<Record<string, string>>
  readonly certificates: Readonly<Record<string, 'QWAC' | 'none'>>
  readonly parameters: Readonly<Record<string, ParameterDraft>>
  readonly paths: Readonly<Record<string, string>>
  readonly signing: SigningProfile | null
  /** JSON text by the name of the schema. */
  readonly schemas: Readonly<Record<string, string>>
  /** Id of an identity; empty: the one chosen for calls. */
  readonly identity: string
  /** PEM certificates, one after the other. */
  readonly ca: string
  readonly proxy: string
  /** For the proxy; its password is no part of the draft. */
  readonly proxyUser: string
}

export interface FieldProblem {
  /** As the engine names it: `urls.resource`. */
  readonly field: string
  readonly message: string
}

export const noParameter: ParameterDraft = { name: '', value: '', values: '', required: '' }

export function toDraft(override: EnvironmentOverride): EnvironmentDraft {
  const { urls, certificates, parameters, paths, signing, schemas, identity, ca, proxy } = override
  return {
    urls,
    certificates,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, { name = '', value = '', enum: values = [], required }]) => [
        key,
        { name, value, values: values.join('\n'), required: required === undefined ? '' : required ? 'yes' : 'no' },
      ]),
    ),
    paths,
    signing: signing ?? null,
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, JSON.stringify(schema, null, 2)]),
    ),
    identity: identity ?? '',
    ca: ca.join('\n'),
    proxy: proxy?.url ?? '',
    proxyUser: proxy?.user ?? '',
  }
}

/** Trimmed, and without what was left empty. */
function filledIn(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  )
}

const linesOf = (text: string): string[] => [...new Set(text.split('\n').map((line) => line.trim()))].filter(Boolean)

function parametersOf(drafts: EnvironmentDraft['parameters']): EnvironmentOverride['parameters'] {
  const made: EnvironmentOverride['parameters'] = {}
  for (const [key, { name, value, values, required }] of Object.entries(drafts)) {
    const allowed = linesOf(values)
    const parameter = {
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(value === '' ? {} : { value }),
      ...(allowed.length === 0 ? {} : { enum: allowed }),
      ...(required === '' ? {} : { required: required === 'yes' }),
    }
    if (Object.keys(parameter).length > 0) made[key] = parameter
  }
  return made
}

const notEmpty = (names: readonly string[]): string[] => names.filter((name) => name !== '')

/** Lists are edited as text; what is left of the spaces between their words goes. */
export function tidySigning(signing: SigningProfile): SigningProfile {
  if (signing.scheme === 'none') return signing
  const signedHeaders = notEmpty(signing.signedHeaders)
  return signing.scheme === 'detached-jws'
    ? { ...signing, signedHeaders }
    : { ...signing, signedHeaders, whenPresent: notEmpty(signing.whenPresent) }
}

type Schema = EnvironmentOverride['schemas'][string]

function readSchema(text: string): Schema | string {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Schema
    return 'A JSON Schema is an object: {} takes everything.'
  } catch (error) {
    return `This is not JSON: ${(error as Error).message}`
  }
}

/** Each certificate with its two lines around it; what is none goes along, so that the engine can say so. */
function authoritiesOf(text: string): string[] {
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? []
  return found.length > 0 || text.trim() === '' ? found : [text.trim()]
}

function proxyOf({ proxy, proxyUser }: EnvironmentDraft): Pick<EnvironmentOverride, 'proxy'> {
  const [url, user] = [proxy.trim(), proxyUser.trim()]
  return url === '' ? {} : { proxy: user === '' ? { url } : { url, user } }
}

/** A proxy URL as people paste it, with user and password in it, taken apart; null where it names no user. */
export function withoutUserInfo(text: string): { url: string; user: string; password: string } | null {
  const url = URL.parse(text.trim())
  if (url === null || (url.username === '' && url.password === '')) return null
  const [user, password] = [decoded(url.username), decoded(url.password)]
  url.username = ''
  url.password = ''
  return { url: url.href.replace(/\/$/, ''), user, password }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** @param assumptions what was said about them; it is saved on its own and goes along unchanged. */
export function toOverride(
  draft: EnvironmentDraft,
  assumptions: EnvironmentOverride['assumptions'],
): EnvironmentOverride | FieldProblem {
  const schemas: EnvironmentOverride['schemas'] = {}
  for (const [name, text] of Object.entries(filledIn(draft.schemas))) {
    const schema = readSchema(text)
    if (typeof schema === 'string') return { field: `schemas.${name}`, message: schema }
    schemas[name] = schema
  }
  return {
    urls: filledIn(draft.urls),
    certificates: { ...draft.certificates },
    ca: authoritiesOf(draft.ca),
    ...proxyOf(draft),
    parameters: parametersOf(draft.parameters),
    paths: filledIn(draft.paths),
    schemas,
    assumptions,
    ...(draft.signing === null ? {} : { signing: tidySigning(draft.signing) }),
    ...(draft.identity === '' ? {} : { identity: draft.identity }),
  }
}

/** Whether both would save the same; a text that cannot be saved yet differs. */
export function sameDraft(one: EnvironmentDraft, other: EnvironmentDraft): boolean {
  const inOrder = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  const [left, right] = [toOverride(one, {}), toOverride(other, {})]
  if ('field' in left || 'field' in right) return JSON.stringify(one) === JSON.stringify(other)
  return JSON.stringify(left, inOrder) === JSON.stringify(right, inOrder)
}

/** The field an assumption can be adjusted in. */
export function fieldOfAdjustment(adjustment: Adjustment): string {
  switch (adjustment.what) {
    case 'url':
      return `urls.${adjustment.host}`
    case 'certificate':
      return `certificates.${adjustment.host}`
    case 'parameter':
      return `parameters.${adjustment.parameter}`
    case 'path':
      return `paths.${adjustment.operation}`
    case 'schema':
      return `schemas.${adjustment.schema}`
    case 'signing':
      return 'signing'
  }
}
