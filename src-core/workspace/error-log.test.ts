/** The log keeps our mistakes, and no secret of anybody. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createErrorLog } from './error-log.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-log-'))
  file = join(folder, 'logs', 'errors.log')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const log = (error: unknown) => createErrorLog(join(folder, 'logs'))(error)
const text = () => readFile(file, 'utf8')

describe('the log', () => {
  it('keeps time, stack and causes, for the owner alone', async () => {
    await log(new Error('outer', { cause: new TypeError('inner', { cause: 'the very reason' }) }))
    expect(await text()).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z Error: outer\n[\s\S]*error-log\.test[\s\S]*caused by TypeError: inner[\s\S]*caused by the very reason\n$/,
    )
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['a header', 'Authorization: Bearer canary-7f3Qz-secret'],
    ['a query', 'GET https://b.example/cb?code=canary-7f3Qz&state=canary-8'],
    ['a form', 'grant_type=refresh_token&refresh_token=canary-7f3Qz&code=canary-8'],
    ['JSON', 'unexpected answer {"a":{"access_token":"canary-7f3Qz"}}'],
    ['JSON that is cut off', 'unexpected answer {"access_token":"canary-7f3Qz'],
    ['a printed object', "{ client_secret: 'canary-7f3Qz', ssn: '19720101canary' }"],
    ['a JWT', 'bad token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canary-signature'],
    ['a cookie', 'Cookie: sid=canary-7f3Qz'],
    ['an address', 'connect https://anna:canary-7f3Qz@proxy.example/'],
  ])('has no secret of %s, as message or as cause', async (_, message) => {
    await log(new Error(message, { cause: new Error(message) }))
    await log(message)
    expect(await text()).not.toMatch(/canary/)
    expect(await text()).toContain('[redacted]')
  })

  it('takes causes that form a circle, and what is no error', async () => {
    const circle = new Error('round')
    circle.cause = circle
    await log(circle)
    await log(undefined)
    await log(Object.create(null))
    expect(await text()).toContain('round')
  })

  it('starts anew after a megabyte and keeps one predecessor', async () => {
    await log('first')
    await writeFile(file, 'x'.repeat(1024 * 1024 + 1))
    await log('second')
    await log('third')
    expect((await readdir(join(folder, 'logs'))).sort()).toEqual(['errors.log', 'errors.log.old'])
    expect((await text()).split('\n')).toHaveLength(3)
  })

  it('never fails its caller', async () => {
    await writeFile(join(folder, 'logs'), 'in the way')
    await expect(log(new Error('x'))).resolves.toBeUndefined()
  })
})
