/** What is edited changes, everything else of `bank.yaml` stays as it was written; what does not fit is refused by place. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EditableProfile } from '#shared/contract/bank-import.ts'
import { editProfile, readEditable } from './edit-profile.ts'

const text = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'resources', 'banks', 'ica-banken', 'bank.yaml'),
  'utf8',
)
const profile = (): EditableProfile => structuredClone(readEditable(text, 'ica'))

function edited(change: (wanted: EditableProfile) => void): string {
  const wanted = profile()
  change(wanted)
  return editProfile(text, 'ica', wanted)
}

/** Lines of the one that are not in the other. */
const different = (one: string, other: string): string[] => {
  const lines = new Set(other.split('\n').map((line) => line.trim()))
  return one.split('\n').filter((line) => !lines.has(line.trim()))
}

it('changes nothing where nothing was changed', () => expect(editProfile(text, 'ica', profile())).toBe(text))

it('changes one name and leaves every other line', () => {
  const after = edited((wanted) => {
    wanted.name = 'ICA of mine'
  })
  expect(different(after, text)).toEqual(['name: ICA of mine'])
  expect(after).toContain('# ICA Banken: what OpenAPI has no place for.')
})

it('changes URLs, values and certificates of an environment', () => {
  const after = edited((wanted) => {
    const production = wanted.environments.find(({ id }) => id === 'production')!
    production.urls.resource = 'https://api.ica.example'
    production.values = { 'X-Key': 'k' }
    production.certificates = { resource: 'none' }
  })
  expect(readEditable(after, 'ica').environments.find(({ id }) => id === 'production')).toMatchObject({
    urls: { resource: 'https://api.ica.example' },
    values: { 'X-Key': 'k' },
    certificates: { resource: 'none' },
  })
  expect(different(text, after).filter((line) => !/resource: ''|note: Real customers/.test(line))).toEqual([])
})

it('adds and removes environments', () => {
  const after = edited((wanted) => {
    wanted.environments = [
      { id: 'pilot', name: 'Pilot', kind: 'bank-sandbox', urls: {}, certificates: {}, ca: [], values: {} },
      ...wanted.environments.slice(2),
    ]
  })
  expect(readEditable(after, 'ica').environments.map(({ id }) => id)).toEqual(['pilot', 'production'])
})

it('takes a signing scheme of the table and headers', () => {
  const after = edited((wanted) => {
    wanted.signing = {
      scheme: 'detached-jws',
      header: 'x-jws-signature',
      algorithms: ['PS256'],
      signedHeaders: ['digest'],
      digest: 'SHA-256',
      certificate: ['x5c'],
    }
    wanted.headers = [{ name: 'X-A', text: 'b', operations: 'all', reason: 'Asked for.' }]
  })
  expect(readEditable(after, 'ica')).toMatchObject({ signing: { scheme: 'detached-jws' }, headers: [{ name: 'X-A' }] })
})

describe('refused', () => {
  const url = (host: string, value: string) => (wanted: EditableProfile) => {
    wanted.environments[1]!.urls[host] = value
  }
  it.each<[string, string, (wanted: EditableProfile) => void]>([
    ['a URL that is none', 'environments', url('token', 'bank.example')],
    ['a URL of another scheme', 'environments', url('token', 'file:///etc')],
    ['a host that is not there', 'no host "x"', url('x', '')],
    [
      'a new host',
      'neither added nor removed',
      (wanted) => {
        wanted.hosts.x = { description: '', clientCertificate: 'none' }
      },
    ],
    [
      'two environments of one id',
      'two with the id',
      (wanted) => void wanted.environments.push(wanted.environments[0]!),
    ],
    [
      'a header with two values',
      'headers',
      (wanted) => void wanted.headers.push({ name: 'A', value: 'uuid', text: 'b', operations: 'all', reason: '' }),
    ],
  ])('%s', (_title, place, change) => {
    expect(() => edited(change)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }))
    expect(() => edited(change)).toThrow(place)
  })

  it.each(['id: [', 'id: x', 'a: *b', ''])('a file that is no profile: %j', (damaged) => {
    expect(() => readEditable(damaged, 'ica')).toThrow(expect.objectContaining({ code: 'DATA_DAMAGED' }))
  })
})
