/** The proxy of an environment and its password: kept in the key store, given to the proxy, seen nowhere else. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import { type RunningProxy, startConnectProxy } from '../../test/servers/connect-proxy.ts'
import { type InProcess, openInProcess, target } from '../../test/terminal/in-process.ts'
import { call } from './call.ts'
import { environment } from './environment.ts'
import { history } from './history.ts'

const password = 'CANARY-proxy-6f1d'
const forms = [password, Buffer.from(`tpp:${password}`).toString('base64')]

let terminal: InProcess
let proxy: RunningProxy
const seenByBank: string[] = []

const set = async (...options: string[]): Promise<EnvironmentDetail> =>
  (await terminal.run(environment, target.bank, target.environment, ...options)).document as EnvironmentDetail
const products = async () =>
  (await terminal.run(call, target.bank, 'bog-products-list', '--environment', target.environment, 'locale=en'))
    .document
const file = async (text: string): Promise<string> => {
  const path = join(terminal.data, '..', 'password')
  await writeFile(path, text)
  return path
}

beforeEach(async () => {
  seenByBank.length = 0
  terminal = await openInProcess((incoming, response) => {
    seenByBank.push(JSON.stringify(incoming.rawHeaders))
    response.setHeader('content-type', 'application/json')
    response.end('[]')
  })
  proxy = await startConnectProxy({ credentials: `tpp:${password}` })
})
afterEach(async () => {
  await terminal.close()
  await proxy.stop()
})

describe("an environment's proxy", () => {
  it('gets user and password on CONNECT, and nobody else ever sees them', async () => {
    const detail = await set(
      '--proxy',
      proxy.url,
      '--proxy-user',
      'tpp',
      '--proxy-password-file',
      await file(`${password}\n`),
    )
    expect(detail.proxy).toEqual({ url: proxy.url, user: 'tpp', password: 'set' })
    await set()
    expect(terminal.said.at(-1)).toContain('user tpp, password set.')
    expect(await products()).toMatchObject({ response: { status: 200 } })
    // Kept across a restart.
    await terminal.restart()
    expect(await products()).toMatchObject({ response: { status: 200 } })
    await terminal.run(history)
    const { id } = (await products()) as { id: string }
    terminal.said.push(JSON.stringify(await terminal.workbench().client.history.show({ id })))
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(proxy.asked.every((head) => head.includes(`Proxy-Authorization: Basic ${forms[1]}`))).toBe(true)
    expect(seenByBank.join().toLowerCase()).not.toContain('proxy-authorization')
    const everywhere = [terminal.said.join('\n'), seenByBank.join(), await terminal.everyFile()].join('\n')
    for (const form of forms) expect(everywhere).not.toContain(form)
  })

  it('that asks for credentials, or does not accept them, is named with the remedy', async () => {
    await set('--proxy', proxy.url)
    await expect(products()).rejects.toMatchObject({
      code: 'NETWORK_PROXY',
      message: expect.stringMatching(/wants a user and a password \(407\).*--proxy-password-file/),
    })
    await set('--proxy-user', 'tpp', '--proxy-password-file', await file('wrong'))
    await expect(products()).rejects.toMatchObject({
      code: 'NETWORK_PROXY',
      message: expect.stringMatching(/did not accept/),
    })
    expect(seenByBank).toEqual([])
  })

  it('has its password removed by itself, with the user, with the proxy, and by a reset', async () => {
    const keep = async () =>
      set('--proxy', proxy.url, '--proxy-user', 'tpp', '--proxy-password-file', await file(password))
    const secrets = async () =>
      (await readdir(join(terminal.data, 'secrets'), { recursive: true })).filter((name) => name.includes('proxy-'))
    await keep()
    expect((await set('--url', 'products=https://bank.example')).proxy?.password).toBe('set')
    for (const options of [['--forget-proxy-password'], ['--proxy-user', 'none'], ['--proxy', 'none'], ['--reset']]) {
      await keep()
      expect(await secrets()).toHaveLength(1)
      expect((await set(...options)).proxy?.password ?? 'not-set').toBe('not-set')
      expect(await secrets()).toEqual([])
    }
  })

  it('never gives a password to another proxy or another user', async () => {
    await set('--proxy', proxy.url, '--proxy-user', 'tpp', '--proxy-password-file', await file(password))
    expect((await set('--proxy-user', 'other')).proxy).toEqual({ url: proxy.url, user: 'other', password: 'not-set' })
    await set('--proxy-user', 'tpp', '--proxy-password-file', await file(password))
    // Somebody who can write the file, and not read the key store.
    const other = await startConnectProxy({ credentials: 'x:y' })
    const path = join(terminal.data, 'environments', target.bank, `${target.environment}.json`)
    await writeFile(path, (await readFile(path, 'utf8')).replace(proxy.url, other.url))
    await expect(products()).rejects.toMatchObject({ code: 'SECRET_ABSENT' })
    expect(other.asked).toEqual([])
    await other.stop()
  })

  it('cannot be claimed to have a password', async () => {
    const { override } = await set()
    const claimed = { ...override, proxy: { url: proxy.url, user: 'tpp', password: 'key-store' as const } }
    const detail = await terminal.workbench().client.banks.setEnvironment({ ...target, override: claimed })
    expect(detail.proxy?.password).toBe('not-set')
    expect(detail.override.proxy).toEqual({ url: proxy.url, user: 'tpp' })
  })

  it.each(['http://tpp:CANARY@proxy.example:3128', 'http://tpp@proxy.example', 'http:\\\\u:p@proxy.example'])(
    'is not taken with a user in its URL (%s)',
    async (url) => {
      await expect(set('--proxy', url)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        message: expect.stringContaining('--proxy-password-file'),
      })
      expect(await terminal.everyFile()).not.toContain('CANARY')
      expect(terminal.said.join()).not.toContain('CANARY')
    },
  )

  it.each([
    [['--proxy-password-file', 'FILE'], 'INPUT_INVALID'],
    [['--proxy-user', 'tpp'], 'USAGE'],
    [['--proxy', 'none', '--proxy-user', 'tpp'], 'USAGE'],
    [['--proxy', 'http://proxy.example', '--proxy-user', 'a:b'], 'INPUT_INVALID'],
    [['--forget-proxy-password', '--proxy-password-file', 'FILE'], 'USAGE'],
    [['--reset', '--proxy', 'http://proxy.example'], 'USAGE'],
  ])('says what is wrong with %j', async (options, code) => {
    const path = await file(password)
    await expect(set(...options.map((word) => (word === 'FILE' ? path : word)))).rejects.toMatchObject({ code })
    expect(terminal.said.join()).not.toContain(password)
  })
})
