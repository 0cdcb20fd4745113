/** The contract's calls about access, as window and terminal make them: what comes out has its form, and faults cross as faults. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuthoriseEvent } from '#shared/contract/access.ts'
import { fromWire } from '#shared/wire.ts'
import { type Bench, browse, openBench, startTestBank, type TestBank } from '../../test/access/access-bench.ts'
import { accessRouter } from './access-router.ts'
import { freeCallback } from './free-callback.ts'

let bank: TestBank
let bench: Bench
let changes: number
let client: ReturnType<typeof connect>

const connect = () => {
  const parts = {
    ...bench.parts,
    lock: <Result>(_: string, work: () => Promise<Result>) => work(),
    changed: () => {
      changes += 1
    },
  }
  return createRouterClient(accessRouter(parts))
}

beforeEach(async () => {
  bank = await startTestBank()
  bench = openBench(bank)
  changes = 0
  client = connect()
})
afterEach(async () => {
  await bench.close()
  await bank.close()
})

type Open = Extract<AuthoriseEvent, { type: 'open' }>

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => fromWire(error).code,
  )

const register = (...callbackUris: string[]) =>
  bench.parts.registrations.save({
    bank: 'ica-banken',
    environment: 'sandbox',
    identity: 'abcdefgh',
    identityName: 'test',
    clientId: 'PSDSE-FINA-00001',
    callbackUris,
    registeredAt: '2026-01-01T00:00:00.000Z',
  })
const wanted = { bank: 'ica-banken', scope: 'account', customer: { ssn: '197201011234' } }

describe('an authorisation', () => {
  const uri = 'https://tpp.example/callback'

  it('is shown while it waits, takes a pasted address, and leaves a grant', async () => {
    await register(uri)
    bank.answer = () => ({ status: 200, body: { access_token: 'a', token_type: 'bearer', expires_in: 60 } })
    const events = await client.authorise(wanted)
    const open = (await events.next()).value as Open
    expect(await client.flows()).toMatchObject([
      { id: open.flow, state: 'waiting', here: true, identityName: 'test', step: 'browser', callbackUri: uri },
    ])
    const state = new URL(open.url).searchParams.get('state')
    expect(await codeOf(client.paste({ flow: open.flow, url: `${uri}?code=c&state=x` }))).toBe('ACCESS_STATE')
    expect(await client.paste({ flow: open.flow, url: `${uri}?code=c&state=${state}` })).toEqual({
      flow: open.flow,
      accepted: true,
    })
    expect((await events.next()).value).toEqual({ type: 'callback' })
    expect((await events.next()).value).toMatchObject({ type: 'grant', grant: { scope: 'account', binding: null } })
    await events.next()
    expect(await client.flows()).toEqual([])
    expect(await client.list()).toMatchObject([{ scope: 'account', unattended: { used: 0, perDay: 4 } }])
    expect(changes).toBeGreaterThan(0)
  })

  it('that runs here is stopped by abandoning it', async () => {
    await register(uri)
    const events = await client.authorise(wanted)
    const open = (await events.next()).value as Open
    const waiting = events.next()
    const [ended, abandoned] = await Promise.all([codeOf(waiting), client.abandon({ flow: open.flow })])
    expect(ended).toBe('CANCELLED')
    expect(abandoned).toEqual({ id: open.flow, consent: null })
    expect(await client.flows()).toEqual([])
    expect(await codeOf(client.abandon({ flow: open.flow }))).toBe('FLOW_UNKNOWN')
  })

  it('that was left is abandoned, and resumed', async () => {
    await register(await freeCallback('ica-banken'))
    for await (const event of await client.authorise(wanted)) if (event.type === 'open') break
    const [flow] = await client.flows()
    expect(flow).toMatchObject({ state: 'abandoned', here: false })
    bank.answer = ({ path }) => {
      const asked = new URL(path, bank.origin).searchParams
      if (!asked.has('redirect_uri')) return { status: 200, body: { access_token: 'a', token_type: 'bearer' } }
      const back = `${asked.get('redirect_uri')}?code=c&state=${asked.get('state')}`
      return { status: 302, headers: { Location: back } }
    }
    const types: string[] = []
    for await (const event of await client.resume({ flow: flow!.id })) {
      types.push(event.type)
      if (event.type === 'open') void browse(event.url, bank.ca)
    }
    expect(types).toEqual(['open', 'callback', 'grant'])
  })
})

describe('damaged records', () => {
  it('are named, cost no other, and can be forgotten', async () => {
    const places = { grants: 'g-00aa', flows: 'f-00aa', consents: 'r-00aa00aa00aa00aa', registrations: 'x--y--z' }
    for (const [folder, id] of Object.entries(places)) {
      await mkdir(join(bank.data, folder), { recursive: true })
      await writeFile(join(bank.data, folder, `${id}.json`), 'not JSON')
    }
    expect(await client.list()).toEqual([])
    expect(await client.registrations()).toEqual([])
    expect((await client.damaged()).map(({ kind, id }) => [kind, id]).sort()).toEqual([
      ['consent', places.consents],
      ['flow', places.flows],
      ['grant', places.grants],
      ['registration', places.registrations],
    ])
    expect(await client.revoke({ grant: places.grants })).toMatchObject({ revoked: true })
    expect(await client.abandon({ flow: places.flows })).toEqual({ id: places.flows, consent: null })
    expect(await client.forgetConsent({ consent: places.consents })).toMatchObject({ forgotten: true })
    expect((await client.damaged()).map(({ kind }) => kind)).toEqual(['registration'])
  })
})

describe('consents', () => {
  beforeEach(async () => {
    bank.answer = () => ({ status: 201, body: { consentId: 'c-1', consentStatus: 'received' } })
    await bench.call({ bank: 'bank-of-georgia', operation: 'bog-consent-create', body: '{}', insist: true })
  })

  it('are listed by bank, with the meaning of their status', async () => {
    expect(await client.consents({})).toMatchObject([
      { resource: 'c-1', meaning: 'The bank has the request; nobody authorised it yet.', final: false },
    ])
    expect(await client.consents({ bank: 'ica-banken' })).toEqual([])
  })

  it('are followed to their end, deleted at the bank and forgotten here', async () => {
    bank.answer = () => ({ status: 200, body: { consentStatus: 'rejected' } })
    const seen: string[] = []
    for await (const event of await client.follow({ consent: 'c-1' })) seen.push(event.type)
    expect(seen).toEqual(['status', 'end'])
    bank.answer = () => ({ status: 204 })
    expect(await client.deleteConsent({ consent: 'c-1' })).toMatchObject({
      consent: { status: 'terminatedByTpp', final: true },
      exchange: { operation: 'bog-consent-delete' },
    })
    await client.forgetConsent({ consent: 'c-1' })
    expect(await client.consents({})).toEqual([])
    expect(await codeOf(client.deleteConsent({ consent: 'c-1' }))).toBe('RESOURCE_UNKNOWN')
  })
})

it('gives an address a customer can come back to', async () => {
  expect((await client.returnAddress({ bank: 'sparebank1' })).uri).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/callback\/sparebank1$/,
  )
})
