/** Each fault of a call as a client on the bare wire meets it. */
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FaultBench, openFaultBench } from '#sandbox/testing/fault-bench.ts'

let at: FaultBench
let whole: Record<string, unknown>
beforeAll(async () => {
  at = await openFaultBench()
  const { status, ending, body } = await at.accounts()
  expect([status, ending]).toEqual([200, 'complete'])
  whole = JSON.parse(body.toString('utf8')) as Record<string, unknown>
})
beforeEach(() => at.set())
afterAll(() => at.close())

const accounts = { operation: 'ica-accounts-list' }

/** What the log says of the last call. */
const logged = async () => {
  const [entry] = await at.log()
  return { status: entry?.status, faults: entry?.faults, reason: entry?.reason }
}

describe('when an answer comes', () => {
  it('late', async () => {
    await at.set({ ...accounts, fault: 'latency', parameters: { milliseconds: 400 } })
    const answer = await at.accounts()
    expect(answer).toMatchObject({ status: 200, ending: 'complete' })
    expect(answer.firstByte).toBeGreaterThan(395)
    expect(await logged()).toMatchObject({ status: 200, faults: ['latency'] })
  })

  it('in drips', async () => {
    await at.set({ ...accounts, fault: 'drip', parameters: { rate: 500 } })
    const answer = await at.accounts()
    expect(answer).toMatchObject({ status: 200, ending: 'complete' })
    expect(JSON.parse(answer.body.toString('utf8'))).toEqual(whole)
    expect(answer.pieces).toBeGreaterThan(answer.body.length / 100)
    expect(answer.lastByte - answer.firstByte).toBeGreaterThan((answer.body.length / 500) * 900)
  })

  it('never', async () => {
    await at.set({ ...accounts, fault: 'hang' })
    expect(await at.accounts({ patience: 500 })).toMatchObject({ ending: 'silence', head: '' })
    expect(await logged()).toMatchObject({ status: 0, faults: ['hang'] })
    expect((await logged()).reason).not.toContain('did nothing')
  })

  it('never, and the bank has not even looked', async () => {
    await at.set({ ...accounts, fault: 'hang', parameters: { 'carried-out': 'no' } })
    expect(await at.accounts({ patience: 300 })).toMatchObject({ ending: 'silence' })
    expect(await logged()).toEqual({ status: 0, faults: ['hang'], reason: 'the bank did nothing' })
  })
})

describe('a connection', () => {
  it.each([
    ['reset', 'ECONNRESET'],
    ['half-close', 'end'],
  ])('with %s ends before the answer, or in its middle', async (fault, ending) => {
    await at.set({ ...accounts, fault })
    expect(await at.accounts()).toMatchObject({ ending, head: '' })
    expect(await logged()).toMatchObject({ status: 0, faults: [fault] })
    await at.set({ ...accounts, fault, parameters: { after: 20 } })
    const half = await at.accounts()
    expect(half).toMatchObject({ ending, status: 200 })
    expect(half.body.toString('utf8')).toBe(JSON.stringify(whole).slice(0, 20))
    expect(await logged()).toMatchObject({ status: 200, faults: [fault] })
  })
})

describe('a status', () => {
  it.each([500, 502, 503, 504])('%i', async (status) => {
    await at.set({ ...accounts, fault: `status-${status}`, parameters: { body: 'html' } })
    const page = await at.accounts()
    expect(page).toMatchObject({ status, ending: 'complete' })
    expect(page.head).toMatch(/^content-type: text\/html/im)
    await at.set({ ...accounts, fault: `status-${status}`, parameters: { body: 'empty' } })
    expect((await at.accounts()).body).toHaveLength(0)
    expect(await logged()).toMatchObject({ status, faults: [`status-${status}`] })
  })

  it('429 with Retry-After', async () => {
    await at.set({ ...accounts, fault: 'too-many-requests', parameters: { 'retry-after': 17 } })
    const answer = await at.accounts()
    expect(answer.status).toBe(429)
    expect(answer.head).toMatch(/^retry-after: 17$/im)
  })
})

describe('a body', () => {
  it('is missing', async () => {
    await at.set({ ...accounts, fault: 'empty-200' })
    const answer = await at.accounts()
    expect(answer).toMatchObject({ status: 200, ending: 'complete' })
    expect(answer.head).toMatch(/^content-length: 0$/im)
    expect(answer.head).toMatch(/^content-type: application\/json/im)
  })

  it('is a page', async () => {
    await at.set({ ...accounts, fault: 'html', parameters: { status: 203 } })
    const answer = await at.accounts()
    expect(answer.status).toBe(203)
    expect(answer.body.toString('utf8')).toMatch(/^<!doctype html>.*<script>/s)
  })

  it('is no UTF-8', async () => {
    await at.set({ ...accounts, fault: 'invalid-utf-8' })
    const { body } = await at.accounts()
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(body)).toThrow()
    expect(body.includes(Buffer.from([0xc3, 0x28, 0xff]))).toBe(true)
    expect(body).toHaveLength(Buffer.byteLength(JSON.stringify(whole)) + 3)
  })

  it('has each key twice, the second time with another value', async () => {
    await at.set({ fault: 'duplicate-keys', operation: 'ica-oauth-token' })
    const answer = await at.raw('ica-oauth-token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=wrong',
    })
    const text = answer.body.toString('utf8')
    expect(text.match(/"error":/g)).toHaveLength(2)
    const error = /"error":"(\w+)"/.exec(text)?.[1]
    expect(JSON.parse(text)).toMatchObject({ error: `${error} (again)` })
  })

  it('is huge, to the byte', async () => {
    await at.set({ ...accounts, fault: 'huge-body', parameters: { size: 3_000_000 } })
    const answer = await at.accounts()
    expect(answer.ending).toBe('complete')
    expect(answer.body).toHaveLength(3_000_000)
    expect(JSON.parse(answer.body.toString('utf8'))).toMatchObject(whole)
  })

  it('is a small one that becomes huge', async () => {
    await at.set({ ...accounts, fault: 'gzip-bomb', parameters: { size: 50_000_000 } })
    const answer = await at.accounts()
    expect(answer).toMatchObject({ status: 200, ending: 'complete' })
    expect(answer.head).toMatch(/^content-encoding: gzip$/im)
    expect(answer.body.length).toBeLessThan(200_000)
    const unpacked = gunzipSync(answer.body)
    expect(unpacked).toHaveLength(50_000_000)
    expect(JSON.parse(unpacked.toString('utf8'))).toMatchObject(whole)
  })
})

describe('the clock of the bank', () => {
  it('is wrong in Date and in what it judges', async () => {
    const [ahead, behind] = [700, -86_400]
    await at.set({ ...accounts, fault: 'clock-skew', parameters: { seconds: behind } })
    const early = await at.accounts()
    const date = Date.parse(/^date: (.*)$/im.exec(early.head)?.[1] ?? '')
    expect(Math.abs(date - (Date.now() + behind * 1000))).toBeLessThan(60_000)
    // Access tokens live for 600 seconds.
    await at.set({ ...accounts, fault: 'clock-skew', parameters: { seconds: ahead } })
    expect((await at.accounts()).status).toBe(401)
    await at.set()
    expect((await at.accounts()).status).toBe(200)
  })
})

describe('how often', () => {
  it('is counted in calls, also when they come at once', async () => {
    await at.set({ ...accounts, fault: 'status-503', times: 2 })
    const answers = await Promise.all(Array.from({ length: 5 }, () => at.accounts()))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 503, 503])
    const { json } = await at.bench.control.send('GET', `/tenants/${at.identity.organizationIdentifier}/faults`)
    expect(json).toEqual([])
  })

  it('several at once are all applied, in their order', async () => {
    await at.set(
      { ...accounts, fault: 'html' },
      { operation: '*', fault: 'status-502', times: 1 },
      { ...accounts, fault: 'latency', parameters: { milliseconds: 50 } },
    )
    expect((await at.accounts()).status).toBe(502)
    expect(await logged()).toMatchObject({ status: 502, faults: ['html', 'status-502', 'latency'] })
  })
})

it('concerns its tenant, bank, operation and host alone', async () => {
  const other = await at.bench.identity()
  await at.set({ ...accounts, fault: 'status-500' })
  expect((await at.accounts({}, other)).status).toBe(401)
  expect((await at.raw('ica-oauth-token', { method: 'POST' })).status).toBe(401)
  await at.set({ fault: 'status-500', host: 'token' })
  expect((await at.accounts()).status).toBe(200)
  expect((await at.raw('ica-oauth-token', { method: 'POST' })).status).toBe(500)
})
