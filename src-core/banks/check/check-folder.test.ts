/** What anybody may put into a folder gives a failed check with a reason, never a crash, a hang, or a look outside. */
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BankCheck, checkBankFolder } from './check-folder.ts'
import { byteCaps } from './read-folder.ts'

type Files = Partial<Record<'bank.yaml' | 'errors.yaml' | 'openapi.yaml' | 'journeys.yaml', string | Buffer>>

/** As a person may have it who has just begun: no errors, no journeys. */
const small = {
  'bank.yaml': `
id: small
name: Small
country: SE
source: { title: T, version: '1' }
hosts: { api: { description: D, clientCertificate: none } }
environments: [{ id: sandbox, name: S, kind: local-sandbox, urls: {} }]
signing: { scheme: none }
`,
  'errors.yaml': '[]\n',
  'openapi.yaml': `
openapi: 3.1.0
info: { title: Small, version: '1', description: D }
servers: [{ url: / }]
security: []
tags: [{ name: Things, description: D }]
paths:
  /things:
    get:
      operationId: list-things
      summary: List
      tags: [Things]
      x-tpp-host: api
      responses:
        '200':
          description: Fine
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
        '400': { description: Wrong }
components: { schemas: { Thing: { type: object, properties: { name: { type: string } } } } }
`,
}

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tpp-check-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

let folders = 0
async function folderWith(files: Files): Promise<string> {
  const folder = join(scratch, String(++folders))
  await mkdir(folder)
  for (const [name, text] of Object.entries({ ...small, ...files })) await writeFile(join(folder, name), text)
  return folder
}
const failedOf = ({ checks }: BankCheck) => checks.filter((check) => !check.ok)
const changed = (from: string | RegExp, to: string): string => {
  const text = small['openapi.yaml'].replace(from, to)
  expect(text).not.toBe(small['openapi.yaml'])
  return text
}

describe('a folder of a person who begins', () => {
  it('passes without journeys and with an empty list of errors', async () => {
    const result = await checkBankFolder(await folderWith({}))
    expect(failedOf(result)).toEqual([])
    expect(result).toMatchObject({ ok: true, bank: { id: 'small', name: 'Small', operations: 1, errors: 0 } })
  })

  it('is reached through a link', async () => {
    const link = join(scratch, 'link')
    await symlink(await folderWith({}), link)
    expect((await checkBankFolder(link)).ok).toBe(true)
  })

  it('is told everything that is wrong at once', async () => {
    const bank = small['bank.yaml'].replace('country: SE', 'country: Sweden').replace('scheme: none', 'scheme: magic')
    const failed = failedOf(await checkBankFolder(await folderWith({ 'bank.yaml': bank })))
    expect(failed.map(({ id, file, place }) => [id, file, place])).toEqual([
      ['profile', 'bank.yaml', '#/country'],
      ['profile', 'bank.yaml', '#/signing/scheme'],
    ])
  })

  it('is told in plain words what is missing', async () => {
    const oauth = `access: { flow: oauth-code, authorize: page, token: token, clientId: uuid, clientAuthentication: tls-client-auth, pkce: S256, scopes: [], refreshToken: none`
    const bank = small['bank.yaml'].replace('country: SE\n', '').replace('hosts:', `${oauth} }\nhosts:`)
    const messages = failedOf(await checkBankFolder(await folderWith({ 'bank.yaml': bank }))).map(
      (each) => each.message,
    )
    expect(messages).toEqual([
      'country is missing. Add it: a string.',
      'access.lifetimes is missing. Add it: a mapping.',
    ])
    const whole = `${oauth}, lifetimes: { code: 60, accessToken: 600, refreshToken: 0 } }`
    const described = small['bank.yaml'].replace('hosts:', `${whole}\nhosts:`)
    expect(failedOf(await checkBankFolder(await folderWith({ 'bank.yaml': described })))).toMatchObject([
      {
        id: 'profile-names',
        message: expect.stringContaining('Describe the endpoint in openapi.yaml'),
        place: '#/access/authorize',
      },
      { id: 'profile-names', place: '#/access/token' },
    ])
  })
})

describe('a folder that cannot be read', () => {
  it('is no folder', async () => {
    const result = await checkBankFolder(join(scratch, 'nowhere'))
    expect(result).toMatchObject({ ok: false, bank: null, checks: [{ id: 'files', ok: false, file: null }] })
  })

  it('lacks a file', async () => {
    const folder = await folderWith({})
    await rm(join(folder, 'errors.yaml'))
    const [failed] = failedOf(await checkBankFolder(folder))
    expect(failed).toMatchObject({ id: 'files', file: 'errors.yaml', message: expect.stringContaining('is missing') })
  })

  const deep = `${'['.repeat(200)}${']'.repeat(200)}`
  const aliased = Array.from(
    'bcdefgh',
    (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[at]}`).join()}]`,
  )
  const aliases = ['a: &a [x,x,x,x,x,x,x,x,x]', ...aliased].join('\n')
  it.each<[string, string | Buffer, RegExp]>([
    ['is not YAML', 'a: ]', /is not valid YAML/],
    ['is not text', Buffer.from([0x61, 0xff, 0xfe]), /is not UTF-8/],
    ['is nested deeply', deep, /nested deeper than 100/],
    ['is nested until the parser gives up', '['.repeat(100_000), /nested too deeply|not valid YAML/],
    ['multiplies its aliases', aliases, /not valid YAML.*alias/],
    ['is larger than the limit', `a: ${'x'.repeat(byteCaps.openapi)}`, /larger than 4\.0 MB/],
    ['has a key twice', 'a: 1\na: 2', /not valid YAML.*unique/],
    ['uses an alias inside itself', 'a: &a [*a]', /not valid YAML|nested deeper/],
  ])('has a file that %s', async (_, text, says) => {
    const [failed, ...others] = failedOf(await checkBankFolder(await folderWith({ 'openapi.yaml': text })))
    expect(failed).toMatchObject({ id: 'files', file: 'openapi.yaml', message: expect.stringMatching(says) })
    expect(others).toEqual([])
  })

  it('has a link to a file elsewhere, a pipe or a folder instead of a file', async () => {
    const folder = await folderWith({})
    const file = join(folder, 'journeys.yaml')
    const message = async (): Promise<string | undefined> => failedOf(await checkBankFolder(folder))[0]?.message
    await symlink('/etc/passwd', file)
    expect(await message()).toMatch(/journeys\.yaml is a link/)
    await rm(file)
    await mkdir(file)
    expect(await message()).toMatch(/journeys\.yaml is no file/)
    await rm(file, { recursive: true })
    if (process.platform === 'win32') return
    execFileSync('mkfifo', [file])
    expect(await message()).toMatch(/journeys\.yaml is no file/)
  })

  it.each<[string, keyof Files, string, string]>([
    ['an empty profile', 'bank.yaml', '', 'profile'],
    ['an empty error table', 'errors.yaml', '', 'error-table'],
    ['an empty document', 'openapi.yaml', '', 'loading'],
    ['a document that is a list', 'openapi.yaml', '[]', 'loading'],
    ['paths that are a text', 'openapi.yaml', 'openapi: 3.1.0\npaths: none', 'loading'],
    ['journeys that are a list', 'journeys.yaml', '[]', 'lint'],
    ['steps that are a text', 'journeys.yaml', 'arazzo: 1.0.1\nworkflows: [{ workflowId: a, steps: none }]', 'lint'],
    [
      'steps that are nothing',
      'journeys.yaml',
      'arazzo: 1.0.1\nworkflows: [{ workflowId: a, steps: [null, 1, {}] }]',
      'journeys',
    ],
  ])('has %s', async (_, file, text, id) => {
    const failed = failedOf(await checkBankFolder(await folderWith({ [file]: text })))
    expect(failed.map((check) => check.id)).toContain(id)
  })

  it('has names of the language itself', async () => {
    const text = changed("schemas/Thing' }", "schemas/constructor' }")
    const [failed] = failedOf(await checkBankFolder(await folderWith({ 'openapi.yaml': text })))
    expect(failed).toMatchObject({ id: 'references', message: expect.stringContaining('schemas/constructor') })
    const named = changed(
      'properties: { name:',
      'properties: { __proto__: { type: string }, constructor: { type: string }, name:',
    )
    expect(failedOf(await checkBankFolder(await folderWith({ 'openapi.yaml': named })))).toEqual([])
  })
})

describe('a folder that points elsewhere', () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('{}')
  })
  let url = ''
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(() => server.close())

  const places: [string, (to: string) => Files][] = [
    ['a reference', (to) => ({ 'openapi.yaml': changed("'#/components/schemas/Thing'", `'${to}'`) })],
    ['an extension', (to) => ({ 'openapi.yaml': `${small['openapi.yaml']}x-more: { $ref: '${to}' }\n` })],
    [
      'a discriminator',
      (to) => ({
        'openapi.yaml': changed(
          'type: object',
          `type: object, discriminator: { propertyName: name, mapping: { a: '${to}' } }`,
        ),
      }),
    ],
    [
      'an example',
      (to) => ({ 'openapi.yaml': changed("Thing' }", `Thing' }, examples: { a: { externalValue: '${to}' } }`) }),
    ],
    ['the journeys', (to) => ({ 'journeys.yaml': `arazzo: 1.0.1\nx-more: { $ref: '${to}' }\n` })],
  ]
  it.each(places)('is refused, and nothing is fetched: %s', async (_, files) => {
    for (const to of [url, 'file:///etc/passwd', '../../other.yaml#/a', 'other.yaml']) {
      const failed = failedOf(await checkBankFolder(await folderWith(files(to))))
      expect(failed.map((check) => check.id)).toEqual(['references'])
    }
    expect(asked).toEqual([])
  })

  it('takes the rules of no folder it is started in', async () => {
    const folder = await folderWith({ 'openapi.yaml': changed('summary: List', '') })
    await writeFile(join(folder, 'redocly.yaml'), 'extends: [minimal]\nplugins: [./evil.mjs]\n')
    await writeFile(join(folder, 'evil.mjs'), `await fetch('${url}')`)
    const before = process.cwd()
    process.chdir(folder)
    try {
      const failed = failedOf(await checkBankFolder('.'))
      expect(failed.map((check) => check.id)).toEqual(['lint'])
    } finally {
      process.chdir(before)
    }
    expect(asked).toEqual([])
  })
})

describe('an example that breaks its schema', () => {
  const withExample = (mistakes: string): Files => ({
    'openapi.yaml': `${changed("Thing' }", "Thing' }, example: { name: 1 }")}${mistakes}`,
  })
  const place = '#/paths/~1things/get/responses/200/content/application~1json/example'

  it('is named with its place', async () => {
    const failed = failedOf(await checkBankFolder(await folderWith(withExample(''))))
    expect(failed.find(({ id }) => id === 'examples')).toMatchObject({
      place,
      message: expect.stringContaining('/name must be string'),
    })
  })

  it("is let through as the document's own mistake", async () => {
    const mistakes = `x-tpp-seed-mistakes: [{ at: '${place}', printed: '1', reason: Printed so. }]\n`
    const failed = failedOf(await checkBankFolder(await folderWith(withExample(mistakes))))
    expect(failed.filter(({ id }) => id === 'examples')).toEqual([])
  })
})
