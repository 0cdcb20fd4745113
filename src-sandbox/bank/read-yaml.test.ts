import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { bankIds, findBanksFolder } from './bank-folder.ts'
import { readYaml } from './read-yaml.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-yaml-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('gives every document of every bank as YAML has it, the second time too', () => {
  const banks = findBanksFolder(undefined)
  for (const id of bankIds(banks))
    for (const file of ['openapi.yaml', 'bank.yaml', 'errors.yaml']) {
      const text = readFileSync(join(banks, id, file), 'utf8')
      const value: unknown = parse(text)
      expect(readYaml(text, folder)).toEqual(value)
      expect(readYaml(text, folder)).toEqual(value)
    }
})

it('takes another text for another document, and a damaged memory for none', () => {
  const own = join(folder, 'own')
  expect(readYaml('a: 1', own)).toEqual({ a: 1 })
  expect(readYaml('a: 2', own)).toEqual({ a: 2 })
  expect(readdirSync(own)).toHaveLength(2)
  for (const name of readdirSync(own)) writeFileSync(join(own, name), '{"a":')
  expect(readYaml('a: 1', own)).toEqual({ a: 1 })
})
