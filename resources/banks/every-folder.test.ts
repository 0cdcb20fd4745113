/** Every shipped folder passes every check of a bank folder, and each check finds what it is there for: a broken copy fails it alone. */

import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { bankChecks, documentChecks } from '#core/banks/check/bank-checks.ts'
import { checkBankFolder } from '#core/banks/check/check-folder.ts'
import {
  type Json,
  type JsonObject,
  objectOf,
  objectsOf,
  ownValue,
  walkKeywords,
} from '#core/banks/check/json-document.ts'
import { type BankProfile, bankProfileSchema } from '#shared/bank-profile.ts'

const banks = import.meta.dirname
const shipped = (await readdir(banks, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const profileOf = async (id: string): Promise<BankProfile> =>
  bankProfileSchema.parse(parse(await readFile(join(banks, id, 'bank.yaml'), 'utf8')))

describe('a shipped folder', () => {
  it('is there for each of the five systems', () => {
    expect(shipped.toSorted()).toEqual(['bank-of-georgia', 'ica-banken', 'payex-ledger', 'salt-edge', 'sparebank1'])
  })

  it.each(shipped)('%s passes every check', async (id) => {
    const { ok, bank, checks } = await checkBankFolder(join(banks, id))
    expect(checks.filter((check) => !check.ok)).toEqual([])
    expect(checks.map((check) => check.id)).toEqual([
      'files',
      ...documentChecks.map((check) => check.id),
      'loading',
      ...bankChecks.map((check) => check.id),
    ])
    expect(ok).toBe(true)
    expect(bank?.id).toBe(id)
  })

  it.each(shipped)('%s has the three environments and its journeys', async (id) => {
    const { environments } = await profileOf(id)
    expect(environments.map((environment) => [environment.id, environment.kind])).toEqual([
      ['sandbox', 'local-sandbox'],
      ['bank-sandbox', 'bank-sandbox'],
      ['production', 'production'],
    ])
    const [local, theirs] = environments
    expect(local?.urls).toEqual({})
    expect(Object.values(theirs?.urls ?? {}).filter((url) => url !== '')).toEqual([])
    expect(await readdir(join(banks, id))).toContain('journeys.yaml')
  })

  it.each(shipped)('%s shows every body it has', async (id) => {
    const without: string[] = []
    walkKeywords(parse(await readFile(join(banks, id, 'openapi.yaml'), 'utf8')), (at, place) => {
      const isBody = /\/content\/application~1([\w.-]+\+)?(json|x-www-form-urlencoded)$/.test(place)
      if (isBody && at.example === undefined && at.examples === undefined) without.push(place)
    })
    expect(without).toEqual([])
  })

  it.each(shipped)('%s is linted by name', async (id) => {
    const { apis } = parse(await readFile(join(banks, '..', '..', 'redocly.yaml'), 'utf8'))
    expect(apis[id]).toEqual({ root: `resources/banks/${id}/openapi.yaml` })
    expect(apis[`${id}-journeys`]).toEqual({ root: `resources/banks/${id}/journeys.yaml` })
  })
})

type Path = readonly (string | number)[]
/** Breaks a parsed document at a place that must be there. */
type Breaking = (document: Json) => void

function parentOf(document: Json, path: Path): JsonObject {
  const parent = path.slice(0, -1).reduce<Json | undefined>((at, key) => ownValue(at, String(key)), document)
  if (typeof parent !== 'object' || parent === null) throw new Error(`nothing at ${path.join(' ')}`)
  return parent as JsonObject
}
const set =
  (value: Json, ...path: Path): Breaking =>
  (document) => {
    parentOf(document, path)[path.at(-1)!] = value
  }
const drop =
  (...path: Path): Breaking =>
  (document) => {
    const parent = parentOf(document, path)
    const key = path.at(-1)!
    expect(parent).toHaveProperty([key])
    if (Array.isArray(parent)) parent.splice(Number(key), 1)
    else delete parent[key]
  }
const add =
  (value: Json, ...path: Path): Breaking =>
  (document) => {
    const list = parentOf(document, [...path, 0])
    if (!Array.isArray(list)) throw new Error(`no list at ${path.join(' ')}`)
    list.push(value)
  }

const read = (file: string): Json => parse(readFileSync(join(banks, 'ica-banken', file), 'utf8'))
const journeys = read('journeys.yaml')
/** The path of a step of a journey. */
function step(workflow: string, id: string): Path {
  const workflows = objectsOf(objectOf(journeys).workflows)
  const at = workflows.findIndex((each) => each.workflowId === workflow)
  return ['workflows', at, 'steps', objectsOf(workflows[at]?.steps).findIndex((each) => each.stepId === id)]
}
const account: Path = ['paths', '/Accounts/{accountId}', 'get']
const tokenCalls: Path = ['paths', '/oauth/v2/mtls-token', 'post', 'x-tpp-operations']
const redirected: Path = ['paths', '/oauth/v2/authorize', 'get', 'responses', '302', 'headers', 'Location']
const authorization = { name: 'Authorization', in: 'header', description: 'A token.', schema: { type: 'string' } }
const firstRow = objectOf(objectsOf(read('errors.yaml'))[0]).id ?? null

describe('a broken copy', () => {
  let scratch = ''
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'tpp-banks-'))
  })
  afterAll(() => rm(scratch, { recursive: true, force: true }))

  let copies = 0
  const brokenAt = async (file: string, breakIt: Breaking): Promise<string> => {
    const folder = join(scratch, String(++copies))
    await cp(join(banks, 'ica-banken'), folder, { recursive: true })
    const document = parse(await readFile(join(folder, file), 'utf8')) as Json
    breakIt(document)
    await writeFile(join(folder, file), stringify(document, { lineWidth: 0 }))
    return folder
  }

  type Row = [check: string, what: string, breakIt: Breaking, says: RegExp]
  const inFile = (file: string, rows: Row[]) =>
    rows.map(([check, what, breakIt, says]) => ({ check, what, file, breakIt, says }))

  it.each([
    ...inFile('bank.yaml', [
      ['profile', 'a key nobody knows', set('red', 'colour'), /colour/],
      [
        'assumptions',
        'an id given twice',
        (bank) => set(objectOf(objectsOf(objectOf(bank).assumptions)[0]).id!, 'assumptions', 1, 'id')(bank),
        /more than one assumption/,
      ],
      [
        'assumptions',
        'an operation that is not there',
        set(['nobody'], 'assumptions', 0, 'operations'),
        /names the operation nobody/,
      ],
      ['assumptions', 'no reason', set(' ', 'assumptions', 0, 'reason'), /a text and a reason/],
      ...[
        { what: 'url', host: 'nowhere' },
        { what: 'certificate', host: 'nowhere' },
        { what: 'parameter', parameter: 'header X-Nobody' },
        { what: 'path', operation: 'nobody' },
        { what: 'schema', schema: 'Nobody' },
      ].map(
        (adjustment): Row => [
          'assumptions',
          `a ${adjustment.what} to adjust that is not there`,
          set([adjustment], 'assumptions', 0, 'adjust'),
          /adjusts the \w+ .*(nowhere|[Nn]obody), which the bank does not have/,
        ],
      ),
      [
        'statuses',
        'a code that stands twice',
        set('RCVD', 'statuses', 'payment', 1, 'code'),
        /RCVD stands twice among payment/,
      ],
      ['statuses', 'no meaning', set('', 'statuses', 'payment', 1, 'meaning'), /needs a code, a name/],
      [
        'environments',
        'a host that is not there',
        set('', 'environments', 2, 'urls', 'resorce'),
        /Did you mean resource/,
      ],
      [
        'environments',
        'a certificate for no host',
        set({ nowhere: 'none' }, 'environments', 2, 'certificates'),
        /names the host nowhere/,
      ],
      [
        'environments',
        'a value for no parameter',
        set({ acountId: '1' }, 'environments', 2, 'values'),
        /Did you mean accountId/,
      ],
      ['environments', 'an id given twice', set('sandbox', 'environments', 2, 'id'), /more than one environment/],
      [
        'rules',
        'an operation that is none',
        set(['ica-account-transaction'], 'rules', 0, 'operations'),
        /There is no operation ica-account-transaction\b/,
      ],
      ['rules', 'a parameter nobody takes', set('dateFrm', 'rules', 0, 'parameter'), /Did you mean dateFrom/],
      ['rules', 'no time zone', set('Stockholm', 'rules', 3, 'zone'), /Stockholm is no time zone/],
      ['rules', 'a role for no view', set({ acounts: ['PSP_AI'] }, 'roles'), /Did you mean accounts/],
      ['profile-names', 'a token call that is none', set('nobody', 'access', 'token'), /There is no operation nobody/],
      [
        'profile-names',
        'a registration that is none',
        set({ operation: 'ica-register', body: {} }, 'registration'),
        /Did you mean ica-register-client/,
      ],
      [
        'profile-names',
        'a field the registration does not have',
        set('uuid', 'registration', 'body', 'oidd'),
        /fills the field oidd/,
      ],
      [
        'profile-names',
        'a row that is none',
        set('nobody', 'registration', 'alreadyRegistered'),
        /There is no error row nobody/,
      ],
      [
        'profile-names',
        'a page no operation links to',
        set([{ at: '/link', purpose: 'Sign', operations: ['nobody'] }], 'customerPages'),
        /There is no operation nobody/,
      ],
      [
        'resources',
        'a call that is not there',
        set('ica-paymnt-get', 'resources', 0, 'read'),
        /Did you mean ica-payment-get/,
      ],
      [
        'resources',
        'a deletion that is not there',
        set({ operation: 'nobody' }, 'resources', 0, 'delete'),
        /There is no operation nobody/,
      ],
      ['resources', 'statuses nobody lists', set('paiment', 'resources', 0, 'vocabulary'), /Did you mean payment/],
      [
        'resources',
        'a status that is none of them',
        set('DONE', 'resources', 0, 'active'),
        /DONE is no status of payment/,
      ],
      ['resources', 'a parameter no call takes', set(['payId'], 'resources', 0, 'parameters'), /No call takes payId/],
      ['resources', 'a parameter without an id', drop('resources', 0, 'id'), /Give both or neither/],
      ['resources', 'a kind given twice', set('payment', 'resources', 1, 'kind'), /payment stands twice/],
      [
        'resources',
        'a limit the body does not have',
        set({ validUntil: 'endsAt' }, 'resources', 0, 'limits'),
        /has no field endsAt/,
      ],
      [
        'accounts',
        'a call that is not there',
        set('ica-acounts-list', 'accounts', 'list', 'operation'),
        /Did you mean ica-accounts-list/,
      ],
      ['accounts', 'an id no call takes', set('account', 'accounts', 'parameter'), /takes no account\./],
      [
        'accounts',
        'a member no answer has',
        set('/ibann', 'accounts', 'members', 'iban'),
        /has ibann at \/ibann. Did you mean iban/,
      ],
      [
        'accounts',
        'a list no answer has',
        set('/transactions/bookd', 'accounts', 'transactions', 'lists', 'booked'),
        /has bookd at/,
      ],
      [
        'accounts',
        'a page token nowhere',
        set('/nextToken', 'accounts', 'transactions', 'ways', 1, 'paging', 'at'),
        /has nextToken at/,
      ],
      [
        'accounts',
        'a page size nobody takes',
        set('Size', 'accounts', 'transactions', 'ways', 1, 'paging', 'size', 'parameter'),
        /takes no Size/,
      ],
      [
        'accounts',
        'an amount the body of the question does not have',
        set('/amount', 'fundsConfirmation', 'amount'),
        /has amount at \/amount/,
      ],
    ]),
    ...inFile('errors.yaml', [
      ['error-table', 'a status that is none', set('many', 3, 'http'), /^3\.http: /],
      ['error-rows', 'an id given twice', set(firstRow, 1, 'id'), /given to more than one row/],
      [
        'error-rows',
        'an operation that is not there',
        add('ica-acounts-list', 0, 'operations'),
        /Did you mean ica-accounts-list/,
      ],
      [
        'error-rows',
        'a way to show it with another operation',
        set('ica-register-client', 0, 'reproduce', 'operation'),
        /is shown with ica-register-client, which is not among its operations/,
      ],
      ['error-rows', 'a copy of nothing', set('nobody', 0, 'duplicateOf'), /repeats the row nobody/],
      ['error-rows', 'no topic', drop(0, 'topic'), /has no topic/],
      ['error-rows', 'no meaning', drop(0, 'meaning'), /has no meaning/],
      [
        'error-rows',
        'a status no operation documents',
        set(418, 0, 'http'),
        /has status 418, which ica-oauth-authorize does not document/,
      ],
    ]),
    ...inFile('openapi.yaml', [
      [
        'references',
        'a reference to nothing',
        set('#/components/parameters/Nobody', ...account, 'parameters', 0, '$ref'),
        /Nothing is at #\/components\/parameters\/Nobody/,
      ],
      [
        'references',
        'a reference out of the folder',
        set({ $ref: '../../secret.yaml#/a' }, 'components', 'schemas', 'Problem'),
        /secret\.yaml#\/a leaves the file/,
      ],
      [
        'loading',
        'a host bank.yaml does not name',
        set('nowhere', ...account, 'x-tpp-host'),
        /lives on host "nowhere"/,
      ],
      [
        'operation-ids',
        'an id given twice',
        add({ id: 'ica-register-client', title: 'Again', when: { grant_type: 'refresh_token' } }, ...tokenCalls),
        /ica-register-client is given to more than one/,
      ],
      ['operation-tags', 'a tag nobody declares', set(['Acounts'], ...account, 'tags'), /Did you mean Accounts/],
      ['operation-tags', 'two tags', add('Payments', ...account, 'tags'), /has 2 tags/],
      ['operation-scopes', 'a scope nobody grants', set('acount', ...account, 'x-tpp-scope'), /needs the scope acount/],
      [
        'operation-scopes',
        'an id no parameter has',
        set('basket:{baskedId}', 'paths', '/SigningBasket/{basketId}', 'put', 'x-tpp-scope'),
        /Did you mean basketId/,
      ],
      [
        'operation-headers',
        'a header OpenAPI ignores',
        add(authorization, ...account, 'parameters'),
        /declares Authorization/,
      ],
      [
        'examples',
        'an example that breaks its format',
        set('no uri', ...redirected, 'example'),
        /must match format "uri"/,
      ],
      [
        'examples',
        'a mistake of the document without its reason',
        set([{ at: '#/info', printed: 'x' }], 'x-tpp-seed-mistakes'),
        /needs at, printed and reason/,
      ],
      [
        'examples',
        'a mistake of the document that is nowhere',
        set([{ at: '#/nowhere', printed: 'x', reason: 'y' }], 'x-tpp-seed-mistakes'),
        /Nothing is at #\/nowhere/,
      ],
      [
        'assumptions',
        'a parameter decided by nobody',
        set('nobody', 'components', 'parameters', 'RequestId', 'x-tpp-assumption'),
        /The assumption nobody is not in bank\.yaml/,
      ],
      [
        'sources',
        'a source nobody knows',
        set('berlin-grup', 'components', 'responses', 'RegistrationRefused', 'x-tpp-source'),
        /Did you mean berlin-group/,
      ],
      ['lint', 'an operation without a summary', drop(...account, 'summary'), /summary.*\(operation-summary\)/],
    ]),
    ...inFile('journeys.yaml', [
      [
        'references',
        'a reference to nothing',
        set('#/components/inputs/Nobody', 'workflows', 0, 'inputs', '$ref'),
        /Nothing is at #\/components\/inputs\/Nobody/,
      ],
      [
        'journeys',
        'a call of nothing',
        set('ica-acount-balances', ...step('ICA-J2', 'read-balances'), 'operationId'),
        /Did you mean ica-account-balances/,
      ],
      [
        'journeys',
        'a parameter nobody takes',
        set('withBalances', ...step('ICA-J2', 'read-account'), 'parameters', 3, 'name'),
        /gives query withBalances, .* Did you mean query withBalance/,
      ],
      [
        'journeys',
        'a required parameter left out',
        drop(...step('ICA-J2', 'authorise-account'), 'parameters', 0),
        /does not give query response_type/,
      ],
      [
        'journeys',
        'a token left out',
        drop(...step('ICA-J2', 'read-balances'), 'parameters', 0),
        /does not give header Authorization/,
      ],
      [
        'journeys',
        'a required field left out',
        drop(...step('ICA-J2', 'exchange-code-account'), 'requestBody', 'payload', 'grant_type'),
        /does not give the field grant_type/,
      ],
      [
        'journeys',
        'a field nobody takes',
        set('red', ...step('ICA-J1', 'register'), 'requestBody', 'payload', 'colour'),
        /gives the field colour/,
      ],
      [
        'journeys',
        'a person left out',
        drop(...step('ICA-J2', 'authorise-account'), 'x-tpp-browser'),
        /where a person's browser goes/,
      ],
      [
        'journey-values',
        'an output of a later step',
        set(
          '$steps.list-transactions-of-span.outputs.transactionId',
          ...step('ICA-J2', 'read-balances'),
          'parameters',
          2,
          'value',
        ),
        /uses \$steps\.list-transactions-of-span\.outputs\.transactionId, which no input and no step before/,
      ],
      [
        'journey-values',
        'an input nobody uses',
        set({ type: 'string' }, 'components', 'inputs', 'ICA-J1', 'properties', 'colour'),
        /asks for the input colour and never uses it/,
      ],
      [
        'journey-values',
        'a way on to no step',
        set('nobody', ...step('ICA-J2', 'read-pages'), 'onSuccess', 0, 'stepId'),
        /goes on with nobody/,
      ],
      ['lint', 'journeys without a title', drop('info', 'title'), /title.*\(struct\)/],
    ]),
  ])('fails $check alone: $what in $file', async ({ check, file, breakIt, says }) => {
    const { ok, checks } = await checkBankFolder(await brokenAt(file, breakIt))
    const failed = checks.filter((each) => !each.ok)
    expect([...new Set(failed.map(({ id }) => id))]).toEqual([check])
    expect(failed.map(({ message }) => message).join('\n')).toMatch(says)
    expect(failed[0]).toMatchObject({ file: expect.stringMatching(/\.yaml$/), place: expect.any(String) })
    expect(ok).toBe(false)
  })
})
