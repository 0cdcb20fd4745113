/** A cURL command becomes the request it would make; files it names are not opened and it is not run. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCurl } from './read-curl.ts'
import { readReport } from './read-report.ts'
import type { ReportEntry } from './report.ts'

const entryOf = (text: string): ReportEntry => {
  const report = readReport(text)
  expect(report.form).toBe('curl')
  return report.entries[0]!
}
const ids = (entry: ReportEntry) => entry.remarks.map(({ id }) => id)

describe('readCurl', () => {
  it.each([
    ['-d implies POST and a form', `curl -d a=1 -d 'b=2' https://b.example/x`, 'POST', 'a=1&b=2'],
    ['--data-raw keeps an @', `curl --data-raw '@x' https://b.example/x`, 'POST', '@x'],
    ['--json sets its types', `curl --json '{"a":1}' https://b.example/x`, 'POST', '{"a":1}'],
    ['-X wins', `curl -XPUT --data-binary '{}' https://b.example/x`, 'PUT', '{}'],
    ['-G moves data into the query', `curl -G -d a=1 https://b.example/x`, 'GET', null],
    ['--data-urlencode encodes', `curl --data-urlencode 'a=b c' https://b.example/x`, 'POST', 'a=b%20c'],
    ['-I is a HEAD', `curl -I https://b.example/x`, 'HEAD', null],
    ['= joins long options', `curl --request=DELETE https://b.example/x`, 'DELETE', null],
    ['switches share a dash', `curl -sSkXPATCH https://b.example/x`, 'PATCH', null],
    ['a prompt and .exe', `$ curl.exe -X POST https://b.example/x`, 'POST', null],
  ])('%s', (_, command, method, body) => {
    expect(entryOf(command).request).toMatchObject({ method, body })
  })

  it('reads headers, users, cookies and the certificate without opening a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tpp-report-'))
    try {
      const file = join(folder, 'secret')
      writeFileSync(file, 'CANARY-file')
      const entry = entryOf(
        `curl -k --cert ${file}:pass --key ${file} -u me:you -b 'a=b' -d @${file} --data-urlencode x@${file} -H @${file} -H 'X-A;' -H 'Accept:' https://b.example/x`,
      )
      expect(JSON.stringify(entry)).not.toContain('CANARY')
      expect(entry.request.body).toBeNull()
      expect(entry.clientCertificate).toBe(true)
      expect(entry.request.headers).toEqual([
        ['Authorization', 'Basic bWU6eW91'],
        ['Cookie', 'a=b'],
        ['X-A', ''],
      ])
      expect(ids(entry)).toEqual(expect.arrayContaining(['file-not-read', 'not-verified', 'certificate-not-read']))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('runs nothing', () => {
    const mark = join(tmpdir(), `tpp-report-mark-${process.pid}`)
    const entry = entryOf(`curl "https://b.example/$(touch ${mark})" ; touch ${mark}`)
    expect(existsSync(mark)).toBe(false)
    expect(ids(entry)).toEqual(expect.arrayContaining(['not-expanded', 'rest-not-read']))
  })

  it('puts a header together again that nested quotes cut apart, and says so', () => {
    const entry = entryOf(
      `curl -H "Signature: Signature keyId="SN=0,DN=/CN=certSIGN Web CA/C=RO",algorithm="rsa-sha256"" https://b.example/x`,
    )
    expect(entry.request.headers[0]).toEqual([
      'Signature',
      'Signature keyId=SN=0,DN=/CN=certSIGN Web CA/C=RO,algorithm=rsa-sha256',
    ])
    expect(entry.request.url).toBe('https://b.example/x')
    expect(ids(entry)).toContain('nested-quotes')
  })

  it('never throws anything but a refusal, and knows no inherited names', () => {
    const words = fc.array(
      fc.oneof(
        fc.constantFrom(
          '-H',
          '-d',
          '-X',
          '--cert',
          '--',
          '-',
          '-G',
          '--json',
          '__proto__: x',
          '--__proto__',
          '--constructor',
          'https://b.example',
        ),
        fc.string({ maxLength: 20 }),
      ),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(words, (given) => {
        const text = `curl ${given.join(' ')}`
        expect(isCurl(text)).toBe(true)
        try {
          const { request } = readReport(text).entries[0]!
          expect(typeof request.url).toBe('string')
        } catch (error) {
          expect(error).toMatchObject({ code: 'REPORT_REFUSED' })
        }
      }),
    )
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })
})
