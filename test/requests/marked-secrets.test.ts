/** What a bank's data marks as secret reaches the bank as it was typed and nothing else: not the disk, not what is shown, copied, exported or resent. */
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Exchange } from '#shared/contract/exchange.ts'
import { fromWire } from '#shared/wire.ts'
import { type InProcess, openInProcess } from '../terminal/in-process.ts'

const canary = 'kn4ry-7f3Qz-marked'
const short = '4711'
/** No part of what is sent: nothing but its name says that it is a secret. */
const given = 'kn4ry-receipt'
const own = { bank: 'marked-bank', environment: 'production' } as const
const payex = { bank: 'payex-ledger', environment: 'production' } as const

const received: { url: string; body: string; headers: Record<string, unknown> }[] = []
let status = 200
let answer: (sent: string) => string = () => '{}'
let terminal: InProcess

/** The made-up bank of the fixtures without certificates, with one more operation in which everything is marked. */
async function writeBank(data: string): Promise<void> {
  const folder = join(data, 'banks', own.bank)
  await mkdir(folder, { recursive: true })
  await cp(join(import.meta.dirname, '..', 'fixtures', 'harbour-bank', 'folder'), folder, { recursive: true })
  const profile = parse(await readFile(join(folder, 'bank.yaml'), 'utf8')) as {
    hosts: { api: { clientCertificate: string } }
  }
  profile.hosts.api.clientCertificate = 'none'
  await writeFile(join(folder, 'bank.yaml'), stringify({ ...profile, id: own.bank, name: 'Marked Bank' }))
  const document = parse(await readFile(join(folder, 'openapi.yaml'), 'utf8')) as { paths: Record<string, unknown> }
  const text = { type: 'string' }
  const secret = { type: 'string', 'x-tpp-secret': true }
  document.paths['/hand-in/{ticket}'] = {
    post: {
      operationId: 'marked-hand-in',
      tags: ['Accounts'],
      summary: 'Hand in',
      'x-tpp-host': 'api',
      security: [],
      parameters: [
        { name: 'ticket', in: 'path', required: true, schema: secret },
        { name: 'pin', in: 'query', schema: secret },
        { name: 'X-Pin', in: 'header', schema: secret },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                code: secret,
                list: { type: 'array', items: { type: 'object', properties: { tan: secret } } },
                note: text,
              },
            },
          },
        },
      },
      responses: {
        '200': {
          description: 'Taken.',
          content: { 'application/json': { schema: { type: 'object', properties: { receipt: secret, code: text } } } },
        },
      },
    },
  }
  await writeFile(join(folder, 'openapi.yaml'), stringify(document))
}

beforeAll(async () => {
  terminal = await openInProcess((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      received.push({ url: incoming.url ?? '', body, headers: incoming.headers })
      response.writeHead(status, { 'content-type': 'application/json' }).end(answer(body))
    })
  })
  await writeBank(terminal.data)
  await terminal.restart()
  const { override } = await client().banks.environment({ bank: 'bank-of-georgia', environment: 'production' })
  const url = override!.urls!.products!
  const { ca } = override!
  for (const [place, host] of [
    [own, 'api'],
    [payex, 'ledger'],
  ] as const) {
    const there = await client().banks.environment(place)
    await client().banks.setEnvironment({ ...place, override: { ...there.override, urls: { [host]: url }, ca } })
  }
}, 60_000)
afterAll(() => terminal.close())

const client = () => terminal.workbench().client

/** Everywhere an exchange can be met. */
async function everywhere({ id }: Exchange): Promise<string> {
  const shown = await client().history.show({ id })
  const resent = await client().history.draft({ id })
  const report = await client()
    .requests.openReport({ text: JSON.stringify(shown) })
    .catch(() => null)
  return [JSON.stringify([shown, resent, report]), await terminal.everyFile()].join('\n')
}

const body = JSON.stringify({ code: canary, list: [{ tan: `${canary}-2` }], note: 'plain' })
const handIn = {
  ...own,
  operation: 'marked-hand-in',
  parameters: { ticket: `${canary}-3`, pin: short, 'X-Pin': short },
  body,
}

it('goes out as it was typed, and is nowhere else', async () => {
  answer = (sent) => JSON.stringify({ receipt: given, code: 'TAKEN', echo: sent, said: `for ${canary} only` })
  const exchange = await client().requests.send(handIn)
  const [call] = received.splice(0)
  expect(call?.body).toBe(body)
  expect(call?.url).toBe(`/hand-in/${canary}-3?pin=${short}`)
  expect(call?.headers['x-pin']).toBe(short)
  expect(exchange.request.url).toMatch(/\/hand-in\/\[redacted\]\?pin=\[redacted\]$/)
  expect(exchange.request.headers).toContainEqual(['X-Pin', '[redacted]'])
  expect(JSON.parse(exchange.request.body ?? '')).toEqual({
    code: '[redacted]',
    list: [{ tan: '[redacted]' }],
    note: 'plain',
  })
  expect(JSON.parse(exchange.response!.body)).toMatchObject({
    receipt: '[redacted]',
    code: 'TAKEN',
    said: 'for [redacted] only',
  })
  const all = `${JSON.stringify(exchange)}${await everywhere(exchange)}`
  expect(all).not.toContain(canary)
  expect(all).not.toContain(given)
  expect(all).not.toContain(`pin=${short}`)
  expect(JSON.stringify(await client().requests.preflight(handIn))).not.toContain(canary)
}, 60_000)

it('is taken out of a large answer piece by piece', async () => {
  answer = () =>
    JSON.stringify(Array.from({ length: 60_000 }, (_, no) => ({ no, receipt: `${given}-${no}`, code: 'TAKEN' })))
  const exchange = await client().requests.send(handIn)
  expect(exchange.response!.stored).not.toBeNull()
  const { size } = exchange.response!.stored!
  let text = ''
  for (let from = 0; from < size; ) {
    const range = await client().requests.body({ exchange: exchange.id, from, length: 1_000_000 })
    text += range.content
    from = range.to
  }
  expect(text).not.toContain(given)
  expect(text.split('"code":"TAKEN"')).toHaveLength(60_001)
  expect(await terminal.everyFile()).not.toContain(given)
}, 120_000)

it.each([
  ['payex-verify-authentication', { accessToken: canary }],
  ['payex-verify-bankid-no-authentication', { code: canary, state: `${canary}-state` }],
  ['payex-verify-mitid-dk-authentication', { code: canary, state: `${canary}-state` }],
])(
  'PayEx: %s hands in what identified the customer, refused and explained too',
  async (operation, typed) => {
    status = 409
    answer = (sent) =>
      JSON.stringify({
        Type: 'ledger/public-account-transaction/v1/problems/invalid-state',
        Status: 409,
        Detail: `Provided PreAuthorization resource is in a invalid state for this method, ${sent}`,
      })
    const headers = { Authorization: `Bearer token-${createHash('sha256').update(operation).digest('hex')}` }
    const exchange = await client().requests.send({
      ...payex,
      operation,
      headers,
      parameters: { ownerNo: '1001' },
      body: JSON.stringify(typed),
    })
    status = 200
    expect(received.splice(0).at(-1)?.body).toBe(JSON.stringify(typed))
    expect(exchange.explanations.length).toBeGreaterThan(0)
    expect(`${JSON.stringify(exchange)}${await everywhere(exchange)}`).not.toContain(canary)
  },
  60_000,
)

it('masks a report of such a call that somebody else made, and takes no draft from its body', async () => {
  const path = '/ledger/public-account-transaction/v1/1001/pre-authorization/verify-bankid-no-authentication'
  const text = `curl -X POST https://ledger.payex.example${path} -H 'Content-Type: application/json' -d '${JSON.stringify({ code: canary, state: 'x' })}'`
  const opened = await client().requests.openReport({ text })
  expect(opened.operation).toBe('payex-verify-bankid-no-authentication')
  expect(JSON.stringify(opened)).not.toContain(canary)
  expect(opened.draft?.body).toBeUndefined()
  expect(opened.leftOut.map(({ part }) => part)).toContain('body')
}, 60_000)

it('never sends what stands where a secret stood', async () => {
  received.splice(0)
  for (const change of [
    { body: '{"code":"[redacted]"}' },
    { parameters: { ...handIn.parameters, pin: '[redacted]' } },
    { headers: { 'X-Own': 'a [redacted]' } },
  ]) {
    const message = await client()
      .requests.send({ ...handIn, ...change, insist: true })
      .then(
        () => 'sent',
        (error: unknown) => fromWire(error).message,
      )
    expect(message).toMatch(/where a secret stood/)
  }
  expect(received).toEqual([])
})
