import { expect, test } from 'vitest'
import { editableProfileSchema } from '#shared/contract/bank-import.ts'
import { Fault } from '#shared/fault.ts'
import { linesOf, newEnvironment, problemOfProfile, tidyProfile, valuesOf } from './profile-draft.ts'

const profile = editableProfileSchema.parse({
  name: 'Mine',
  country: 'SE',
  hosts: { api: { description: 'The API', clientCertificate: 'QWAC' } },
  environments: [{ id: 'environment-2', name: 'Test', kind: 'bank-sandbox', urls: { api: '' } }],
  signing: { scheme: 'none' },
  headers: [],
})

test('values are edited as lines and come back as they were', () => {
  const values = { 'X-Tenant': 'a=b', empty: '' }
  expect(valuesOf(linesOf(values))).toEqual(values)
  expect(valuesOf('half\n\n = nothing')).toEqual({ half: '' })
})

test('a new environment has an id of its own and every host', () => {
  const made = newEnvironment(profile)
  expect(made).toMatchObject({ id: 'environment-3', urls: { api: '' } })
  expect(editableProfileSchema.parse({ ...profile, environments: [...profile.environments, made] })).toBeTruthy()
})

test('what typing leaves behind goes', () => {
  const [environment] = profile.environments
  const typed = { ...profile, name: ' Mine ', environments: [{ ...environment!, urls: { api: ' https://a.test ' } }] }
  expect(tidyProfile(typed)).toMatchObject({ name: 'Mine', environments: [{ urls: { api: 'https://a.test' } }] })
})

test('a refusal is about a field, whoever says it', () => {
  const contract = new Fault('INPUT_INVALID', 'profile.environments.0.id: No id.', {
    field: 'profile.environments.0.id',
  })
  expect(problemOfProfile(contract)).toEqual({ field: 'environments.0.id', message: 'No id.' })
  const engine = new Fault('INPUT_INVALID', 'Two of them.', { bank: 'mine', place: 'environments' })
  expect(problemOfProfile(engine)).toEqual({ field: 'environments', message: 'Two of them.' })
  expect(problemOfProfile(new Fault('BUSY'))).toBeNull()
})
