import { expect, test } from 'vitest'
import { mainCandidates, pastedFile, readImportFiles, withinFolder } from './read-import-files.ts'

const named = (path: string, text: string) => ({ path, file: new File([text], path) })

test('documents are read under their paths within the chosen folder, the rest is left', async () => {
  const { files, problem } = await readImportFiles([
    named('bank/api/openapi.yaml', 'openapi: 3.1.0'),
    named('bank/api/schemas/a.json', '{}'),
    named('bank/README.md', '#'),
  ])
  expect(problem).toBeNull()
  expect(files).toEqual([
    { path: 'openapi.yaml', text: 'openapi: 3.1.0' },
    { path: 'schemas/a.json', text: '{}' },
  ])
})

test('what cannot be taken is refused in words', async () => {
  expect((await readImportFiles([named('notes.txt', 'x')])).problem).toMatch(/YAML or JSON/)
  const large = { path: 'a.yaml', file: { size: 11 * 1024 * 1024, text: () => Promise.resolve('') } }
  expect((await readImportFiles([large])).problem).toMatch(/12 MB.*tpp banks import/)
  const locked = { path: 'a.yaml', file: { size: 1, text: () => Promise.reject(new Error('denied')) } }
  expect((await readImportFiles([locked])).problem).toMatch(/a\.yaml could not be read/)
  const many = Array.from({ length: 501 }, (_, at) => named(`${at}.yaml`, ''))
  expect((await readImportFiles(many)).problem).toMatch(/501/)
})

test('only a folder that all share is taken off', () => {
  expect(withinFolder(['a/b.yaml', 'c/d.yaml'])).toEqual(['a/b.yaml', 'c/d.yaml'])
  expect(withinFolder(['b.yaml'])).toEqual(['b.yaml'])
})

test('an import begins with a bank profile, else with the OpenAPI document nearest to the top', () => {
  const openapi = 'openapi: 3.0.3\ninfo: {}'
  const parts = [
    { path: 'parts/other.json', text: '{ "openapi": "3.0.0" }' },
    { path: 'schemas.yaml', text: 'Account: {}' },
    { path: 'api.yaml', text: openapi },
  ]
  expect(mainCandidates(parts)).toEqual(['api.yaml', 'parts/other.json'])
  expect(mainCandidates([...parts, { path: 'bank.yaml', text: 'id: mine' }])[0]).toBe('bank.yaml')
  expect(mainCandidates([{ path: 'a.yaml', text: 'nothing' }])).toEqual(['a.yaml'])
})

test('pasted text is named after its form', () => {
  expect(pastedFile('  {"openapi":"3.0.0"}').path).toBe('openapi.json')
  expect(pastedFile('openapi: 3.1.0').path).toBe('openapi.yaml')
})
