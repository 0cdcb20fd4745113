/** What was made of a file is used again until the file changes, and not a moment longer. */
import { chmod, mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFileMemory, fileStamp } from './file-memory.ts'

let folder: string
let file: string
let reads: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tpp-file-memory-'))
  file = join(folder, 'record.json')
  reads = 0
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A memory for which the file is old enough. */
const later = () => createFileMemory<string>(() => Date.now() + 10_000)
const read = async (): Promise<string> => {
  reads += 1
  return readFile(file, 'utf8')
}

describe('what was made of a file', () => {
  it('is used again while the file is the same', async () => {
    await writeFile(file, 'one')
    const memory = later()
    expect([await memory(file, read), await memory(file, read), await memory(file, read)]).toEqual([
      'one',
      'one',
      'one',
    ])
    expect(reads).toBe(1)
  })

  it('is made anew after a write in place, a replacement of the same size and a change of its rights', async () => {
    await writeFile(file, 'one')
    const memory = later()
    await memory(file, read)
    await writeFile(file, 'another')
    expect(await memory(file, read)).toBe('another')
    const { atime, mtime } = await import('node:fs/promises').then(({ stat }) => stat(file))
    await writeFile(`${file}.new`, 'replaced'.slice(0, 7))
    await utimes(`${file}.new`, atime, mtime)
    await rename(`${file}.new`, file)
    expect(await memory(file, read)).toBe('replace')
    await chmod(file, 0o600)
    await memory(file, read)
    expect(reads).toBe(4)
  })

  it('is not kept of a file so young that its next change may carry the same time', async () => {
    await writeFile(file, 'one')
    const memory = createFileMemory<string>()
    await memory(file, read)
    await memory(file, read)
    expect(reads).toBe(2)
  })

  it('of none is used again until there is one', async () => {
    const memory = later()
    const orNone = () => read().catch(() => 'none')
    expect([await memory(file, orNone), await memory(file, orNone)]).toEqual(['none', 'none'])
    expect(reads).toBe(1)
    await writeFile(file, 'here now')
    expect(await memory(file, orNone)).toBe('here now')
    await rm(file)
    expect(await memory(file, orNone)).toBe('none')
  })

  it('is not kept of a failure', async () => {
    const memory = later()
    await expect(memory(file, read)).rejects.toThrow('ENOENT')
    await writeFile(file, 'here now')
    expect(await memory(file, read)).toBe('here now')
    await rm(file)
    await expect(memory(file, read)).rejects.toThrow('ENOENT')
  })
})

it('a stamp is null where nothing is, or where nothing can be seen', async () => {
  expect(fileStamp(file)).toBe(null)
  expect(fileStamp(join(file, 'below a file that is none'))).toBe(null)
  await writeFile(file, 'one')
  expect(fileStamp(file)).toMatch(/^[\d.]+ [\d.]+ 3 \d+$/)
})
