// What provoking leaves behind, and how it ends when something is not as the recipe expects.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorRow } from '#shared/error-row.ts'
import { sandboxRunningSchema } from '#shared/sandbox-protocol.ts'
import { changedResources, openProvokeBench, type ProvokeBench } from './provoke-bench.ts'

// Others leave folders in the machine's own while they run.
let temporary = ''
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'tpp-provoke-tmp-'))
  process.env.TMPDIR = temporary
})
afterAll(async () => {
  delete process.env.TMPDIR
  await rm(temporary, { recursive: true, force: true })
})

const scratchFolders = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('tpp-scratch-'))

describe('without a sandbox', () => {
  let bench: ProvokeBench
  beforeAll(async () => {
    bench = await openProvokeBench()
  })
  afterAll(() => bench.close())

  it('starts one, makes the row come, and stops it again', async () => {
    const before = await scratchFolders()
    const { steps, end } = await bench.provoke('ica-registration-certificate-revoked')
    expect(steps.map(({ text }) => text)).toEqual([
      'Orders a certificate for the TPP (revoked)',
      'Sends ica-register-client to ICA Banken',
    ])
    expect(steps.map(({ step, of }) => [step, of])).toEqual([
      [1, 2],
      [2, 2],
    ])
    expect(end.came).toBe(true)
    expect(end.exchange?.tls?.clientCertificate?.subject).toContain('Reproduced errors')
    expect((await bench.client.sandbox.status()).running).toBe(false)
    expect((await scratchFolders()).filter((name) => !before.includes(name))).toEqual([])
  })

  it('keeps the exchange in history, marked, and resendable with an identity of the user', async () => {
    const { end } = await bench.provoke('ica-registration-callback-list-missing')
    const [newest, ...others] = await bench.client.history.list({})
    expect(newest?.id).toBe(end.exchange?.id)
    expect(others.map(({ operation }) => operation)).toEqual(['ica-register-client'])
    const kept = await bench.client.history.show({ id: newest?.id ?? '' })
    expect(kept.findings.find(({ id }) => id === 'provoked')?.message).toContain(
      'ica-registration-callback-list-missing',
    )
    expect(kept.identity).toBeNull()
    const { draft } = await bench.client.history.draft({ id: kept.id })
    expect(draft.identity).toBeUndefined()
    expect(JSON.parse(draft.body ?? '')).not.toHaveProperty('callbackUri')
  })

  it('leaves keys, grants, registrations and consents as they were', async () => {
    expect((await bench.provoke('ica-payments-underlying-error-response')).end.came).toBe(true)
    const { keys, access } = bench.client
    expect([await keys.list(), await access.list(), await access.registrations()]).toEqual([[], [], []])
    expect([await access.consents({}), await access.flows()]).toEqual([[], []])
    expect(await bench.client.history.list({})).toHaveLength(3)
  })

  it.each([
    ['ica-general-consent-expird', 'ERROR_UNKNOWN', 'ica-general-consent-expired'],
    ['nothing-like-it-at-all', 'ERROR_UNKNOWN', 'tpp errors'],
  ])('does not know %s', async (errorId, code, hint) => {
    await expect(bench.provoke(errorId)).rejects.toMatchObject({ code, message: expect.stringContaining(hint) })
  })

  it('can be stopped, and clears up', async () => {
    const before = await scratchFolders()
    const stop = new AbortController()
    const events = await bench.client.sandbox.provoke(
      { errorId: 'ica-payments-underlying-error-response' },
      { signal: stop.signal },
    )
    const watch = async () => {
      for await (const event of events) if (event.type === 'step' && event.step === 3) stop.abort()
    }
    await expect(watch()).rejects.toMatchObject({ code: 'CANCELLED' })
    expect((await scratchFolders()).filter((name) => !before.includes(name))).toEqual([])
  })
})

describe('in the sandbox that runs', () => {
  let bench: ProvokeBench
  beforeAll(async () => {
    bench = await openProvokeBench()
    await bench.client.sandbox.start({ banks: ['ica-banken'] })
  })
  afterAll(() => bench.close())

  it('touches no other organisation and leaves none of its own', async () => {
    const own = await bench.client.keys.order({ name: 'mine', key: 'ec-p256' })
    const tenant = own.organizationIdentifier ?? ''
    await bench.client.sandbox.clock({ tenant, offsetSeconds: 5 })
    expect((await bench.provoke('ica-general-consent-expired')).end.came).toBe(true)
    expect((await bench.provoke('ica-general-customer-validation')).end.came).toBe(true)
    expect(await bench.client.sandbox.clock({ tenant })).toEqual({ offsetSeconds: 5 })
    expect(await bench.client.sandbox.switches({ tenant })).toEqual({})
    const running = sandboxRunningSchema.parse(
      JSON.parse(await readFile(join(bench.dataFolder, 'sandbox/running.json'), 'utf8')),
    )
    const answer = await fetch(`${running.control}/tenants`, { headers: { authorization: `Bearer ${running.token}` } })
    const names = ((await answer.json()) as { tenant: string }[]).map((one) => one.tenant)
    expect(names.filter((name) => name !== '-')).toEqual([tenant])
    expect((await bench.client.sandbox.status()).running).toBe(true)
  })

  it('starts one of its own for a bank the running one does not have', async () => {
    const row = 'sb1-format-error'
    const banks = (await bench.client.sandbox.status()).sandbox?.banks.map(({ id }) => id)
    expect(banks).toEqual(['ica-banken'])
    const known = await bench.client.banks.errors({ words: [row] })
    if (known[0]?.reproduce.recipe === true) expect((await bench.provoke(row)).end.came).toBe(true)
    else await expect(bench.provoke(row)).rejects.toMatchObject({ code: 'RECIPE_MISSING' })
  })
})

describe('with a table that is wrong', () => {
  let bench: ProvokeBench | null = null
  let folder = ''
  const open = async (change: (row: ErrorRow) => void): Promise<ProvokeBench> => {
    folder = await changedResources(change)
    bench = await openProvokeBench(folder)
    return bench
  }
  afterEach(async () => {
    await bench?.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('says field by field what came instead of the row', async () => {
    const { provoke } = await open((row) => {
      if (row.id === 'ica-registration-oid-missing') Object.assign(row, { http: 403, detail: 'Something else' })
    })
    const { end } = await provoke('ica-registration-oid-missing')
    expect(end).toMatchObject({ came: false, failed: null })
    expect(end.differences).toEqual([
      { field: 'status', wanted: '403', found: '400' },
      {
        field: 'detail',
        wanted: 'Something else',
        found: 'The Organization ID is not provided correctly in the request. Please include it in the request.',
      },
    ])
  })

  it('says which step the bank answered otherwise, with the exchange', async () => {
    const { provoke } = await open((row) => {
      if (row.id !== 'ica-general-kyc-blocked') return
      row.reproduce.recipe?.given.unshift({ call: 'ica-accounts-list', grant: 'none' } as never)
    })
    const { end } = await provoke('ica-general-kyc-blocked')
    expect(end).toMatchObject({ came: false, differences: [] })
    expect(end.failed).toMatchObject({ step: 2, text: 'Calls ica-accounts-list' })
    expect(end.failed?.message).toMatch(/^ica-accounts-list was answered with 401\./)
    expect(end.exchange?.response?.status).toBe(401)
  })

  it('says which value nobody kept', async () => {
    const { provoke } = await open((row) => {
      if (row.id !== 'ica-accounts-account-not-found') return
      Object.assign(row.reproduce.recipe?.send ?? {}, { parameters: { accountId: '{{never}}' } })
    })
    const { end } = await provoke('ica-accounts-account-not-found')
    expect(end.failed?.message).toBe('The recipe has made no value called "never".')
  })

  it('says that a row has no recipe', async () => {
    const { provoke } = await open((row) => {
      if (row.id === 'ica-general-kyc-blocked') delete row.reproduce.recipe
    })
    await expect(provoke('ica-general-kyc-blocked')).rejects.toMatchObject({ code: 'RECIPE_MISSING' })
  })
})
