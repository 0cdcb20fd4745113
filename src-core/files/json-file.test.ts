import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { readJson, writeJson } from './json-file.ts'

const schema = z.looseObject({ version: z.literal(1), names: z.array(z.string()) })
let folder: string
let file: string
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tpp-json-'))
  file = path.join(folder, 'record.json')
})
afterEach(() => fs.rm(folder, { recursive: true, force: true }))

it('is null when there is no file', async () => expect(await readJson(file, schema)).toBeNull())

it('writes equal values as equal files and keeps fields it does not know', async () => {
  await fs.writeFile(file, '{"version":1,"names":["b","a"],"later":{"y":1,"x":[2]}}')
  await writeJson(file, await readJson(file, schema))
  expect(await fs.readFile(file, 'utf8')).toBe(
    '{\n  "later": {\n    "x": [\n      2\n    ],\n    "y": 1\n  },\n  "names": [\n    "b",\n    "a"\n  ],\n  "version": 1\n}\n',
  )
})

it('keeps __proto__ as data', async () => {
  await writeJson(file, JSON.parse('{"version":1,"names":[],"__proto__":{"polluted":true}}'))
  expect(await fs.readFile(file, 'utf8')).toContain('__proto__')
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

it.each([
  ['empty', '', 'it is empty'],
  ['truncated', '{"version":1,\n"names":[', 'not JSON'],
  ['another form', '{"version":1,"names":[3]}', 'names.0'],
  ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not UTF-8'],
])('refuses a file that is %s, names it and leaves it', async (_title, content, reason) => {
  await fs.writeFile(file, content)
  const fault = await readJson(file, schema).catch((error: unknown) => error)
  expect(fault).toMatchObject({ code: 'DATA_DAMAGED', details: { file: 'record.json' } })
  expect((fault as Error).message).toContain(reason)
  expect((fault as Error).message).not.toContain(folder)
  expect(await fs.readFile(file)).toEqual(Buffer.from(content))
})

it('says that a folder stands in the way', async () => {
  await fs.mkdir(file)
  await expect(readJson(file, schema)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
})
