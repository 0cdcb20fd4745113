/** The import runs in a thread of its own: the program's loop goes on, and what takes too much is ended. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { importLimits } from './import-limits.ts'
import { runImport } from './run-import.ts'
import { largeDocument, smallDocument } from './testing/import-files.ts'

const request = (path: string, text: string) => ({ main: path, files: [{ path, text }] })
const small = request('a.json', JSON.stringify(smallDocument()))
/** Read for many seconds: every alias is one of few, and each holds a great deal. */
const slow = request(
  'slow.yaml',
  `openapi: 3.0.0\npaths: {}\nx: ${'a '.repeat(1_400_000)}\ny:\n${'- a\n'.repeat(240_000)}`,
)

/** Counts the turns of this thread's loop until told to stop. */
function countTurns() {
  let turns = 0
  let going = true
  const turn = () => {
    turns += 1
    if (going) setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    going = false
    return turns
  }
}

describe('600 kB with 40 operations', () => {
  const text = stringify(largeDocument())

  it('is imported while the loop goes on turning', async () => {
    expect(text.length).toBeGreaterThan(600_000)
    const stop = countTurns()
    const { preview, bank } = await runImport(request('large.yaml', text))
    const turns = stop()
    expect(preview.counts).toMatchObject({ operations: 40, schemas: 260, parameters: 800 })
    expect(bank.operations).toHaveLength(40)
    // Done in this thread, the work would leave the loop a handful of turns.
    expect(turns).toBeGreaterThan(100)
  })

  it('brings neither parser nor import into the thread that asks', async () => {
    const code = `
      import { registerHooks } from 'node:module'
      const loaded = []
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
      const { runImport } = await import('#core/banks/import/run-import.ts')
      const { preview } = await runImport(${JSON.stringify(small)})
      console.log(JSON.stringify({ operations: preview.counts.operations, loaded }))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code])
    const { operations, loaded } = JSON.parse(stdout) as { operations: number; loaded: string[] }
    expect(operations).toBe(1)
    expect(loaded.some((url) => url.endsWith('/run-import.ts'))).toBe(true)
    expect(loaded.filter((url) => /node_modules\/yaml\/|import-document|import-worker|compile-bank/.test(url))).toEqual(
      [],
    )
  })
})

describe('limits', () => {
  it('of bytes are judged before the thread is started', async () => {
    const files = [{ path: 'a.json', text: `{"a":"${'å'.repeat(importLimits.bytes / 2)}"}` }]
    await expect(runImport({ main: 'a.json', files })).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      message: expect.stringContaining('20 MB is the most'),
    })
    const many = Array.from({ length: importLimits.files + 1 }, (_, index) => ({ path: `${index}.yaml`, text: '' }))
    await expect(runImport({ main: '0.yaml', files: many })).rejects.toMatchObject({ code: 'IMPORT_REFUSED' })
  })

  it('of time end the thread', async () => {
    await expect(runImport(slow, undefined, { ...importLimits, milliseconds: 150 })).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      message: expect.stringContaining('takes longer to read than 0.15 seconds'),
    })
  })

  it('of memory end the thread and nothing else', async () => {
    await expect(runImport(slow, undefined, { ...importLimits, heapMegabytes: 24 })).rejects.toMatchObject({
      code: 'IMPORT_REFUSED',
      message: expect.stringContaining('24 MB of memory'),
    })
  })

  it('leave the next import as it would have been', async () => {
    await expect(runImport(small)).resolves.toMatchObject({ id: 'small' })
  })
})

it('is cancelled by the signal, before and while it runs', async () => {
  await expect(runImport(small, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' })
  const controller = new AbortController()
  const running = runImport(slow, controller.signal)
  setTimeout(() => controller.abort(), 100)
  await expect(running).rejects.toMatchObject({ code: 'CANCELLED' })
})

it('gives faults of the import as faults', async () => {
  const refused = runImport(request('a.yaml', 'swagger: "2.0"'))
  await expect(refused).rejects.toMatchObject({
    code: 'IMPORT_REFUSED',
    details: { file: 'a.yaml' },
    message: expect.stringContaining('Swagger 2.0'),
  })
})

it('runs several one after the other', async () => {
  const results = await Promise.all([small, small, small].map((each) => runImport(each)))
  expect(results.map(({ id }) => id)).toEqual(['small', 'small', 'small'])
})
