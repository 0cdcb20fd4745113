/** Identities as lines for people. */
import type { IdentityDetail, IdentityView } from '#shared/contract/keys.ts'
import { table } from './table.ts'

const keyWords = (key: IdentityView['key']): string =>
  'bits' in key ? `${key.type} ${key.bits}` : 'curve' in key ? `${key.type} ${key.curve}` : key.type

export function identityLines(identity: IdentityView): string {
  const rows = [
    ['name', `${identity.name} (${identity.id})`],
    ['kind', identity.kind],
    ['organisation', identity.organizationIdentifier ?? 'not named'],
    ['roles', identity.roles.join(', ') || 'none'],
    ['authority', identity.authority === null ? 'not named' : `${identity.authority.name} (${identity.authority.id})`],
    ['subject', identity.subject],
    ['issuer', identity.issuer],
    ['valid', `${identity.notBefore} to ${identity.notAfter}`],
    ['key', keyWords(identity.key)],
    ['serial', identity.serial],
    ['sha256', identity.sha256],
    ...identity.warnings.map(({ message }) => ['warning', message]),
  ]
  return rows.map(([name, value]) => `${name!.padEnd(14)}${value}`).join('\n')
}

export function identityDetailLines(identity: IdentityDetail): string {
  const chain = identity.chain.map(
    ({ subject, notAfter }, depth) => `chain ${depth + 1}       ${subject}, until ${notAfter}`,
  )
  return [identityLines(identity), `private key   ${identity.keyState} in the key store`, ...chain].join('\n')
}

export function identityTable(list: readonly IdentityView[]): string {
  if (list.length === 0)
    return 'No identity yet. Order a test certificate (tpp keys order --name NAME) or import one (tpp keys import FILE --name NAME).'
  const rows = list.map(({ id, name, kind, organizationIdentifier, notAfter, roles, warnings }) => [
    id,
    name,
    kind,
    organizationIdentifier ?? '-',
    notAfter.slice(0, 10),
    warnings.length > 0
      ? `${roles.join(' ')} (${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'})`
      : roles.join(' '),
  ])
  return table(['ID', 'NAME', 'KIND', 'ORGANISATION', 'UNTIL', 'ROLES'], rows)
}
