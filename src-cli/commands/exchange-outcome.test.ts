/** Large bodies in the terminal: whole in the document and in a file, their beginning on the screen. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type InProcess, openInProcess, target } from '../../test/terminal/in-process.ts'
import { call } from './call.ts'
import { history, historyShow } from './history.ts'
import { historyCompare } from './history-compare.ts'

let terminal: InProcess
let body: Buffer
beforeEach(async () => {
  body = Buffer.alloc(0)
  terminal = await openInProcess((_incoming, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(body),
  )
})
afterEach(() => terminal.close())

interface Document {
  id: string
  response: { status: number; headers: object; body: unknown }
  saved?: { file: string; bytes: number }
}
const send = (...more: string[]) =>
  terminal.run(call, target.bank, 'bog-products-list', '--environment', target.environment, 'locale=en', ...more)
const products = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ index, name: `Öl – ${index} 🏠`, access_token: 'kn4ry-7f3Qz' }))
const large = () => Buffer.from(JSON.stringify({ products: products(60_000) }))
const cleaned = () => ({ products: products(60_000).map((each) => ({ ...each, access_token: '[redacted]' })) })

describe('a large body', () => {
  it('is whole in the document of call and of history show, and cut on the screen', async () => {
    body = large()
    const sent = await send()
    const document = sent.document as Document
    expect(Object.keys(document.response)).toEqual(['status', 'headers', 'body'])
    expect(document.response.body).toEqual(cleaned())
    expect(sent.text.length).toBeLessThan(6000)
    expect(sent.text).toContain(`tpp history show ${document.id} --output FILE`)
    const shown = await terminal.run(historyShow, document.id)
    expect(shown.document).toEqual({ ...document, findings: (shown.document as { findings: unknown }).findings })
    expect(shown.text).toContain('this is its beginning')
    expect(terminal.said.join('\n')).not.toContain('kn4ry')
  }, 60_000)

  it('goes into a file as it is, in place of what was there', async () => {
    body = large()
    const file = join(terminal.data, '..', 'out.json')
    await writeFile(file, 'earlier')
    const { document, text } = await send('--output', file)
    const { id, saved } = document as Document
    const written = await readFile(file)
    expect(JSON.parse(written.toString())).toEqual(cleaned())
    expect(saved).toEqual({ file, bytes: written.length })
    expect(text).toContain(`Wrote the body, ${written.length} bytes, to ${file}.`)
    expect(text).not.toContain('products":[')
    await terminal.run(history, id, '--output', `${file}.2`)
    expect((await readFile(`${file}.2`)).equals(written)).toBe(true)
  }, 60_000)

  it('is compared as far as it can be, and the rest is said', async () => {
    body = large()
    const { id: one } = (await send()).document as Document
    body = Buffer.from(body.toString().replace('Öl – 59999', 'Ol – 59999'))
    const { id: two } = (await send()).document as Document
    const { document, text } = await terminal.run(historyCompare, one, two)
    expect(document).toMatchObject({ notCompared: [expect.stringMatching(/not the same from byte \d+ on/)] })
    expect(text).toMatch(/not compared field by field/)
  }, 60_000)
})

describe('--output', () => {
  it('takes a small body, too', async () => {
    body = Buffer.from('{"code":"€"}')
    const file = join(terminal.data, '..', 'small.json')
    expect((await send('--output', file)).document).toMatchObject({
      saved: { bytes: body.length },
      response: { status: 200, body: null },
    })
    expect(await readFile(file)).toEqual(body)
  })

  it('that cannot be written leaves nothing, and says where the answer is', async () => {
    body = large()
    const folder = join(terminal.data, '..')
    const before = await readdir(folder)
    await expect(send('--output', join(folder, 'nowhere', 'out.json'))).rejects.toMatchObject({
      code: 'DATA_UNWRITABLE',
      message: expect.stringMatching(/tpp history show [0-9a-f-]{36} --output FILE/),
    })
    await expect(send('--output', terminal.data)).rejects.toMatchObject({ code: 'DATA_UNWRITABLE' })
    expect(await readdir(folder)).toEqual(before)
  }, 60_000)

  it('is not for a list', async () => {
    await expect(terminal.run(history, '--output', 'x')).rejects.toMatchObject({ code: 'USAGE' })
  })
})
