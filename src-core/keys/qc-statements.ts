/** Writes and reads the QCStatements of a PSD2 certificate (ETSI EN 319 412-5, ETSI TS 119 495 section 5.1); reading forgives what is found in the wild and says so. */
import { type Role, roleSchema } from '#shared/contract/keys.ts'
import { isFault } from '#shared/fault.ts'
import type { Authority } from './authorities.ts'
import {
  childrenOf,
  type DerNode,
  isConstructed,
  objectIdentifier,
  objectIdentifierOf,
  readDer,
  sequence,
  tags,
  textOf,
  utf8String,
} from './der.ts'
import { displayable } from './distinguished-name.ts'
import { type Warning, warning } from './warning.ts'

export const qcStatementsOid = '1.3.6.1.5.5.7.1.3'
const qcCompliance = '0.4.0.1862.1.1'
const qcType = '0.4.0.1862.1.6'
const qcTypes = { QWAC: '0.4.0.1862.1.6.3', QSEAL: '0.4.0.1862.1.6.2' } as const
const psd2 = '0.4.0.19495.2'
const roleOids: Record<Role, string> = {
  PSP_AS: '0.4.0.19495.1.1',
  PSP_PI: '0.4.0.19495.1.2',
  PSP_AI: '0.4.0.19495.1.3',
  PSP_IC: '0.4.0.19495.1.4',
}

export interface Qualification {
  kind: 'QWAC' | 'QSEAL'
  roles: readonly Role[]
  authority: Authority
}

/** DER of the extension's value, as a certificate request asks for it. */
export function encodeQcStatements({ kind, roles, authority }: Qualification): Buffer {
  const roleSequences = roles.map((role) => sequence(objectIdentifier(roleOids[role]), utf8String(role)))
  const psd2Info = sequence(sequence(...roleSequences), utf8String(authority.name), utf8String(authority.id))
  return sequence(
    sequence(objectIdentifier(qcCompliance)),
    sequence(objectIdentifier(qcType), sequence(objectIdentifier(qcTypes[kind]))),
    sequence(objectIdentifier(psd2), psd2Info),
  )
}

export interface QualificationFound {
  kind: 'QWAC' | 'QSEAL' | 'none'
  roles: Role[]
  /** `id` or `name` is empty where the certificate leaves it out. */
  authority: Authority | null
  warnings: Warning[]
}

/** @param extension value of the extension; null where the certificate has none. Never throws. */
export function decodeQcStatements(extension: Uint8Array | null): QualificationFound {
  const nothing = { kind: 'none', roles: [], authority: null } as const
  if (extension === null) return { ...nothing, roles: [], warnings: [warning('no-qc-statements')] }
  try {
    return decodeStatements(childrenOf(readDer(extension)).map(childrenOf))
  } catch (error) {
    if (!isFault(error)) throw error
    return { ...nothing, roles: [], warnings: [warning('qc-statements-unreadable')] }
  }
}

function decodeStatements(statements: DerNode[][]): QualificationFound {
  const find = (oid: string) => statements.find(([id]) => id && objectIdentifierOf(id) === oid)
  const warnings: Warning[] = []
  if ((find(qcCompliance)?.length ?? 1) > 1) warnings.push(warning('qc-compliance-unusual'))
  const types = leavesOf(find(qcType)?.slice(1) ?? []).flatMap((leaf) => leaf.oid ?? [])
  const kind = types.includes(qcTypes.QWAC) ? 'QWAC' : types.includes(qcTypes.QSEAL) ? 'QSEAL' : 'none'
  if (kind === 'none') warnings.push(warning('qc-type-missing'))
  const info = find(psd2)?.[1]
  if (!info || !isConstructed(info)) {
    return { kind, roles: [], authority: null, warnings: [...warnings, warning('psd2-statement-missing')] }
  }
  const parts = childrenOf(info)
  const found = decodeRoles(parts.find(isConstructed))
  const authority = decodeAuthority(parts)
  if (!authority?.id || !authority.name) warnings.push(warning('authority-missing'))
  return { kind, roles: found.roles, authority, warnings: [...warnings, ...found.warnings] }
}

/** RolesOfPSP is a sequence of (OID, name) sequences; some issuers write one flat sequence, names without OIDs, or other names. */
function decodeRoles(container: DerNode | undefined): { roles: Role[]; warnings: Warning[] } {
  const leaves = container ? leavesOf([container]) : []
  const byOid = new Map(Object.entries(roleOids).map(([role, oid]) => [oid, role as Role]))
  const oids = leaves.flatMap((leaf) => leaf.oid ?? [])
  const texts = leaves.flatMap((leaf) => leaf.text ?? [])
  const named = texts.flatMap((text) => roleSchema.safeParse(text.trim()).data ?? [])
  const roles = [...new Set([...oids.flatMap((oid) => byOid.get(oid) ?? []), ...named])]
  const unknown = oids.filter((oid) => !byOid.has(oid))
  const unusual = texts.filter((text) => !roleSchema.safeParse(text).success)
  const withoutOid = named.filter((role) => !oids.includes(roleOids[role]))
  const warnings: Warning[] = []
  if (container && childrenOf(container).some((child) => !isConstructed(child))) warnings.push(warning('roles-flat'))
  if (unknown.length > 0) warnings.push(warning('role-unknown', unknown))
  if (unusual.length + withoutOid.length > 0) warnings.push(warning('role-names', [...unusual, ...withoutOid]))
  if (roles.length === 0) warnings.push(warning('roles-missing'))
  return { roles, warnings }
}

/** The two strings after the roles are name and id; where there is one, its form tells which it is. */
function decodeAuthority(parts: DerNode[]): Authority | null {
  const texts = parts.flatMap((part) => textOf(part) ?? []).map(displayable)
  const [first, second] = texts
  if (first === undefined || texts.every((text) => text === '')) return null
  if (second !== undefined) return { name: first, id: second }
  return /^[A-Z]{2}-[A-Z]{2,8}$/.test(first) ? { id: first, name: '' } : { id: '', name: first }
}

interface Leaf {
  oid?: string
  text?: string
}

/** Every OID and text below the nodes, in order. Depth is bounded: real statements are three deep. */
function leavesOf(nodes: DerNode[], depth = 0): Leaf[] {
  return nodes.flatMap((node) => {
    if (isConstructed(node)) return depth < 6 ? leavesOf(childrenOf(node), depth + 1) : []
    if (node.tag === tags.objectIdentifier) return [{ oid: objectIdentifierOf(node) }]
    const text = textOf(node)
    return text === null ? [] : [{ text: displayable(text) }]
  })
}
