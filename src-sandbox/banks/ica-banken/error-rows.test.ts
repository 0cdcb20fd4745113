import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findBanksFolder, readBankFolder } from '#sandbox/bank/bank-folder.ts'
import { icaSwitches } from './ica-surroundings.ts'

const { rows } = readBankFolder(findBanksFolder(undefined), 'ica-banken')
const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n')

it('knows every switch the error table reproduces a row with', () => {
  const wanted = [...rows.values()].flatMap(({ reproduce }) => ('switch' in reproduce ? [reproduce.switch] : []))
  expect(icaSwitches).toEqual(expect.arrayContaining(wanted))
})

it('answers with every row, but for those that repeat another', () => {
  const missing = [...rows.values()].filter(({ id, duplicateOf }) => !duplicateOf && !sources.includes(`'${id}'`))
  expect(missing.map(({ id }) => id)).toEqual([])
})

it('names no row the table does not have', () => {
  const named = sources.match(/'ica-(general|accounts|payments|registration)-[a-z0-9-]+'/g) ?? []
  const unknown = named.map((quoted) => quoted.slice(1, -1)).filter((id) => !rows.has(id))
  expect(unknown.filter((id) => !id.startsWith('ica-accounts-list'))).toEqual([])
})
