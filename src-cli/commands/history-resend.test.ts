/** A kept call is sent once more as it was; what history did not keep has to be given. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type InProcess, openInProcess, target } from '../../test/terminal/in-process.ts'
import { call } from './call.ts'
import { historyResend } from './history-resend.ts'

let terminal: InProcess
const seen: { url: string; headers: NodeJS.Dict<string | string[]> }[] = []

beforeEach(async () => {
  seen.length = 0
  terminal = await openInProcess((incoming, response) => {
    seen.push({ url: incoming.url ?? '', headers: incoming.headers })
    response.setHeader('content-type', 'application/json')
    response.end('{"products":[]}')
  })
})
afterEach(() => terminal.close())

const call_ = async (...more: string[]): Promise<string> => {
  const given = [target.bank, 'bog-products-list', '--environment', target.environment, 'locale=en', ...more]
  return ((await terminal.run(call, ...given)).document as { id: string }).id
}
const resend = (...raw: string[]) => terminal.run(historyResend, ...raw)

describe('tpp history resend', () => {
  it('sends the same call anew, which history keeps beside the first', async () => {
    const id = await call_('page=2', '--header', 'X-Own: here')
    const again = await resend(id)
    expect(again).toMatchObject({ exit: 0, document: { response: { status: 200 }, delivery: 'answered', grant: null } })
    expect((again.document as { id: string }).id).not.toBe(id)
    expect(seen).toHaveLength(2)
    expect(seen[1]?.url).toBe(seen[0]?.url)
    expect(seen[1]?.headers['x-own']).toBe('here')
    expect(await terminal.workbench().client.history.list({})).toHaveLength(2)
  })

  it('changes what is given, and only that', async () => {
    const id = await call_('page=2', '--header', 'X-Own: here')
    await resend(id, 'page=3', '--header', 'X-More: too')
    expect(seen[1]?.url).toBe(seen[0]?.url.replace('page=2', 'page=3'))
    expect(seen[1]?.headers).toMatchObject({ 'x-own': 'here', 'x-more': 'too' })
  })

  it('only shows it with --preflight-only', async () => {
    const id = await call_('page=2')
    expect(await resend(id, '--preflight-only')).toMatchObject({
      document: { request: { method: 'GET' }, response: null },
    })
    expect(seen).toHaveLength(1)
  })

  it('does not send what it has no secrets for, and says how to give them', async () => {
    const id = await call_('--header', 'Authorization: Bearer CANARY-token', '--header', 'X-Api-Key: CANARY-key')
    await expect(resend(id)).rejects.toMatchObject({
      code: 'RESEND_INCOMPLETE',
      message: expect.stringMatching(/^Nothing was sent\..*--header 'Authorization: VALUE', or a grant.*X-Api-Key/),
      details: { leftOut: [{ name: 'Authorization' }, { name: 'X-Api-Key' }] },
    })
    expect(seen).toHaveLength(1)
    const given = ['--header', 'authorization: Bearer other', '--header', 'x-api-key: another']
    expect(await resend(id, ...given)).toMatchObject({ exit: 0 })
    expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer other', 'x-api-key': 'another' })
    expect(terminal.said.join()).not.toContain('CANARY')
  })

  it('refuses what is not there any more', async () => {
    const id = await call_()
    await expect(resend(id, '--grant', 'g-0a1b2c')).resolves.toMatchObject({ exit: 0 })
    await expect(resend(id, '--environment', 'nowhere')).rejects.toMatchObject({ code: 'ENVIRONMENT_UNKNOWN' })
    await expect(resend('0b9e6d1c-5a4f-4d58-9f6e-0b4a4f1f2c11')).rejects.toMatchObject({ code: 'EXCHANGE_UNKNOWN' })
    await expect(resend()).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('history resend') })
  })

  it('says so when the operation is gone with its bank', async () => {
    const { client } = terminal.workbench()
    const document = {
      openapi: '3.0.3',
      info: { title: 'Mine', version: '1' },
      servers: [{ url: 'https://x.invalid' }],
      paths: { '/a': { get: { operationId: 'readA', summary: 'A', responses: { 200: { description: 'A' } } } } },
    }
    await client.banks.import({
      files: [{ path: 'a.json', text: JSON.stringify(document) }],
      main: 'a.json',
      id: 'mine',
      name: 'Mine',
    })
    const [operation] = await client.banks.operations({ bank: 'mine' })
    const draft = { bank: 'mine', environment: 'production', operation: operation!.id, identity: 'none' }
    await client.requests.send(draft).catch(() => null)
    const [row] = await client.history.list({})
    await client.banks.remove({ bank: 'mine' })
    await expect(resend(row!.id)).rejects.toMatchObject({ code: 'BANK_UNKNOWN' })
  })
})
