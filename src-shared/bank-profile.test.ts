/** The schemas of a bank folder refuse what core could not make sense of, by name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { bankProfileSchema, operationExtensionSchema } from './bank-profile.ts'
import { errorRowSchema } from './error-row.ts'

const folder = join(import.meta.dirname, '..', 'resources', 'banks', 'ica-banken')
const profile = (): Record<string, unknown> =>
  parse(readFileSync(join(folder, 'bank.yaml'), 'utf8')) as Record<string, unknown>

/** Path and message of the first issue after a change. */
function refusal(change: (value: Record<string, unknown>) => void): string {
  const value = profile()
  change(value)
  const issue = bankProfileSchema.safeParse(value).error?.issues[0]
  return issue === undefined ? 'accepted' : `${issue.path.join('.')}: ${issue.message}`
}

describe('bank.yaml', () => {
  it('of ICA Banken is accepted, defaults filled in', () => {
    const read = bankProfileSchema.parse(profile())
    expect(read.hosts.resource?.browser).toBe(false)
    expect(read.hosts.authorize?.browser).toBe(true)
    expect(read.access?.flow === 'oauth-code' && read.access.customerParameters[0]?.name).toBe('ssn')
  })

  it.each<[string, (value: Record<string, unknown>) => void, RegExp]>([
    ['an unknown key', (value) => Object.assign(value, { colour: 'red' }), /colour/],
    ['an unknown key inside', (value) => Object.assign(value.access as object, { pkec: 'S256' }), /^access: .*pkec/],
    ['an id that is no folder name', (value) => Object.assign(value, { id: '../x' }), /^id: /],
    ['no environment', (value) => Object.assign(value, { environments: [] }), /^environments: /],
    [
      'an address that is none',
      (value) => Object.assign((value.environments as object[])[2]!, { urls: { token: 'ftp://x' } }),
      /^environments\.2\.urls\.token: /,
    ],
    [
      'a flow core has no entry for',
      (value) => Object.assign(value.access as object, { flow: 'magic' }),
      /^access\.flow: /,
    ],
    [
      'a signing scheme core has no entry for',
      (value) => Object.assign(value, { signing: { scheme: 'x' } }),
      /^signing\.scheme: /,
    ],
    [
      'a recipe core has no entry for',
      (value) => Object.assign(value, { headers: [{ name: 'X', value: 'dice', reason: '' }] }),
      /^headers\.0\.value: /,
    ],
    [
      'a pattern that is no regular expression',
      (value) =>
        Object.assign((value.access as { customerParameters: object[] }).customerParameters[0]!, { pattern: '(' }),
      /^access\.customerParameters\.0\.pattern: /,
    ],
    ['a country of three letters', (value) => Object.assign(value, { country: 'SWE' }), /^country: /],
  ])('is refused for %s', (_, change, expected) => {
    expect(refusal(change)).toMatch(expected)
  })

  it('takes an empty address: the user fills it in', () => {
    const change = (value: Record<string, unknown>) =>
      Object.assign((value.environments as object[])[2]!, { urls: { token: '' } })
    expect(refusal(change)).toBe('accepted')
  })
})

describe('errors.yaml', () => {
  const row = {
    id: 'a-row',
    area: 'General',
    http: 400,
    code: 'X',
    title: 'T',
    detail: 'D',
    causes: [{ text: 'C' }],
    fix: 'F',
    operations: ['a'],
    reproduce: { operation: 'a', mutation: 'M' },
  }

  it('wants to know how to show a row', () => {
    expect(errorRowSchema.safeParse(row).success).toBe(true)
    expect(errorRowSchema.safeParse({ ...row, reproduce: { operation: 'a', switch: 's' } }).success).toBe(true)
    const both = { operation: 'a', switch: 's', mutation: 'M', recipe: { send: { grant: 'none' } } }
    expect(errorRowSchema.safeParse({ ...row, reproduce: both }).success).toBe(true)
    expect(errorRowSchema.safeParse({ ...row, reproduce: { ...both, recipe: { sent: {} } } }).success).toBe(false)
    expect(errorRowSchema.safeParse({ ...row, reproduce: { operation: 'a' } }).success).toBe(false)
  })

  it('wants an operation and a status HTTP knows', () => {
    expect(errorRowSchema.safeParse({ ...row, operations: [] }).success).toBe(false)
    expect(errorRowSchema.safeParse({ ...row, http: 99 }).success).toBe(false)
  })
})

describe('the keys of an operation', () => {
  it('name a host, and for variants the fields that tell them apart', () => {
    expect(operationExtensionSchema.safeParse({}).success).toBe(false)
    const variants = [{ id: 'a-b', title: 'T', when: { grant_type: 'x' } }]
    expect(operationExtensionSchema.safeParse({ 'x-tpp-host': 'token', 'x-tpp-operations': variants }).success).toBe(
      true,
    )
    const unnamed = [{ id: 'a-b', title: 'T' }]
    expect(operationExtensionSchema.safeParse({ 'x-tpp-host': 'token', 'x-tpp-operations': unnamed }).success).toBe(
      false,
    )
  })
})
