import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { errorRecipeSchema } from '#shared/error-recipe.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import { type CheckedBank, checkedBank } from './checked-bank.ts'
import { readFolder } from './read-folder.ts'
import { recipeProblems } from './recipe-problems.ts'
import { compiledOrProblems, errorTableShapeProblems } from './shape-problems.ts'

let checked: CheckedBank
beforeAll(async () => {
  const files = await readFolder(join(import.meta.dirname, '../../../resources/banks/ica-banken'))
  if ('length' in files) throw new Error('The folder cannot be read.')
  const bank = compiledOrProblems(files)
  if ('length' in bank) throw new Error('The folder does not compile.')
  checked = checkedBank(files, bank)
})

const problemsOf = (recipe: string): string[] => {
  const reproduce = { operation: 'ica-accounts-list', mutation: 'M', recipe: errorRecipeSchema.parse(parse(recipe)) }
  return recipeProblems({ reproduce } as ErrorRow, checked).map(([path, message]) => `${path} ${message}`)
}

it('lets everything through that is made before it is used', () => {
  const recipe = `
identities: { other: {}, renewed: { organisationOf: other } }
given:
  - register: tpp
  - authorise: payment
    customer: Anna Andersson
    grant: payment
  - call: ica-payment-create
    by: renewed
    grant: payment
    parameters: { paymentProduct: a, psu-ip-address: '192.0.2.1' }
    change: { x: ['{{uuid}} {{organisation:other}} {{today-1d}}'] }
    keep: { paymentId: /paymentId }
  - click: '{{url:authorize}}/a?b={{callback}}&c={{url:pages}}'
    customer: Anna Andersson
  - refresh: payment
send: { operation: ica-payment-status, by: none, grant: none, parameters: { paymentProduct: a, paymentId: '{{paymentId}}' } }`
  expect(problemsOf(recipe)).toEqual([])
  expect(problemsOf('{}')).toEqual([])
})

it.each([
  ['send: { operation: ica-acounts-list }', /^send calls ica-acounts-list.*Did you mean ica-accounts-list/],
  ['given: [{ call: nobody }]', /^given\/0 calls nobody/],
  ['send: { parameters: { Page: "1" } }', /^send\/parameters\/Page is no parameter of ica-accounts-list/],
  ['send: { operation: ica-account-details }', /^send\/parameters lacks the path parameter accountId/],
  ['send: { headers: { A: "{{paymentId}}" } }', /^send uses \{\{paymentId\}\}, which no step before it keeps/],
  ['send: { headers: { A: "{{today+1}}" } }', /^send holds \{\{today\+1\}\}, which is no value/],
  ['send: { headers: { A: "{{organisation:other}}" } }', /^send names the organisation of other/],
  ['send: { headers: { A: "{{url:nowhere}}" } }', /^send names the host nowhere/],
  ['send: { by: other }', /^send names the identity other/],
  ['send: { grant: payment }', /^send uses the grant payment, which no step before it makes/],
  ['given: [{ register: other }]', /^given\/0 names the identity other/],
  ['given: [{ refresh: grant }]', /^given\/0 uses the grant grant/],
  ['identities: { other: { organisationOf: third } }', /^identities\/other is for the organisation of third/],
  [
    'given: [{ call: ica-accounts-list, headers: { A: "{{id}}" }, keep: { id: /accounts/0/resourceId } }]',
    /^given\/0 uses \{\{id\}\}/,
  ],
  ['send: { afterSigning: { headers: { A: "{{id}}" } } }', /^send uses \{\{id\}\}/],
  ['send: { resume: true, customer: Anna Andersson }', /^send\/resume goes on with a call, and no step/],
  ['{ given: [{ call: ica-accounts-list }], send: { resume: true } }', /^send\/resume needs the customer/],
])('finds what is wrong with %s', (recipe, message) => {
  const found = problemsOf(recipe)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(message)
})

it.each([
  'given: [{ call: a, authorise: b, customer: c }]',
  'given: [{ authorise: account }]',
  'given: [{ clock: 0 }]',
  'identities: { tpp: { profile: mended } }',
  'identities: { The-Other: {} }',
  'send: { method: get }',
  'send: { path: v1/accounts }',
  'other: {}',
])('is no recipe: %s', (recipe) => {
  expect(errorRecipeSchema.safeParse(parse(recipe)).success).toBe(false)
})

it('says of a step that is no step what it lacks as the one it is nearest to', async () => {
  const files = {
    errors: [{ reproduce: { operation: 'a', mutation: 'M', recipe: { given: [{ authorise: 'x', psu: 'y' }] } } }],
  }
  const messages = errorTableShapeProblems(files as never).map(({ message }) => message)
  expect(messages).toContain('0.reproduce.recipe.given.0.customer is missing. Add it: a string.')
})
