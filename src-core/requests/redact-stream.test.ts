/** What is redacted piece by piece reads as if it were redacted in one go, wherever the pieces are cut. */
import { createCipheriv, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { redactBody } from '#shared/redact.ts'
import { createRedactStream } from './redact-stream.ts'

const canary = 'kn4ry-7f3Qz-secret'
const given = 'Zürich tökèn à la carte/+=='
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3ZjNReiJ9.c2lnbmF0dXJl-_kn4ry'
const json = 'application/json'

function stream(body: Buffer, contentType: string, sizes: () => number, secrets: string[] = [given]): Buffer {
  const redaction = createRedactStream({ contentType, secrets })
  const parts: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const next = at + sizes()
    parts.push(...redaction.write(body.subarray(at, next)))
    at = next
  }
  return Buffer.concat([...parts, redaction.end()])
}

const kinds: readonly (readonly [string, (index: number) => string])[] = [
  ['a member', () => `{"id":1,"access_token":"${canary}"},`],
  ['an object under a secret name', () => `{"password":{"deep":[{"x":"${canary}"}]},"n":2},`],
  ['JSON in a string', () => `{"raw":${JSON.stringify(JSON.stringify({ refresh_token: canary }))}},`],
  ['a token', () => `{"any":"${jwt}"},`],
  ['credentials of a header', () => `{"echo":"authorization: Bearer ${canary}"},`],
  ['a cookie', () => `{"echo":"Cookie: sid=${canary}"},`],
  ['an address', () => `{"link":"https://tpp.example/cb?code=${canary}&state=${canary}"},`],
  ['an address with a password', () => `{"link":"https://anna:${canary}@bank.example/"},`],
  ['a given value', () => `{"text":"for ${given} only"},`],
  ['what a program prints', () => `{"log":"{ client_secret: '${canary}, too' }"},`],
]

describe.each(kinds)('%s', (_name, secretAt) => {
  it('is gone wherever a piece may end', () => {
    // Every one of 1,200 rows has it, so that wherever a cut is made it is near one.
    const rows = Array.from({ length: 30_000 }, (_, index) => `{"no":${index},"ä":"ö"},${secretAt(index)}`)
    const text = `[${rows.join('')}0]`
    const body = Buffer.from(text)
    let turn = 0
    const redacted = stream(body, json, () => 60_000 + (turn++ % 7) * 911).toString()
    for (const secret of [canary, jwt, given]) expect(redacted).not.toContain(secret)
    expect(redacted).toBe(redactBody(text, json, [given]))
  }, 60_000)
})

describe('names the bank’s data marks', () => {
  const marks = ['geheim', 'Schlüssel']

  it('go wherever a piece may end, as in one go, and are left alone where none is marked', () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, index) => `{"no":${index},"geheim":"${canary}","x":{"Schlüssel":{"a":["${canary}"]}},"code":"stays"},`,
    )
    const text = `[${rows.join('')}0]`
    const whole = (names: readonly string[]) => {
      const redaction = createRedactStream({ contentType: json, secrets: [], marks: names })
      const body = Buffer.from(text)
      const parts: Buffer[] = []
      for (let at = 0; at < body.length; at += 61_111) parts.push(...redaction.write(body.subarray(at, at + 61_111)))
      return Buffer.concat([...parts, redaction.end()]).toString()
    }
    const redacted = whole(marks)
    expect(redacted).not.toContain(canary)
    expect(redacted).toBe(redactBody(text, json, [], marks))
    expect(redacted.split('"code":"stays"')).toHaveLength(40_001)
    expect(whole([])).toBe(text)
  }, 60_000)
})

describe('a bank that means ill', () => {
  it.each(['eyJ-', 'a-', 'Bearer  ', '\\\\', '"password":{', 'x:', "password: '", 'code='])(
    'does not hold the engine up: %s',
    (piece) => {
      const body = Buffer.from(piece.repeat(2_000_000 / piece.length))
      expect(stream(body, json, () => 65_536).length).toBeGreaterThan(0)
    },
    30_000,
  )
})

describe('a long body', () => {
  it('of one line without a place to cut comes out as it is', () => {
    const body = Buffer.from(`{"file":"${randomBytes(3_000_000).toString('base64')}","access_token":"${canary}"}`)
    const redacted = stream(body, json, () => 65_536).toString()
    expect(redacted).toBe(body.toString().replace(canary, '[redacted]'))
  })

  it('of bytes that are no text keeps every one of them', () => {
    // Always the same ones: once in some hundred times there is an address with a password by chance.
    const body = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(3_000_000))
    // Printable quotes and brackets by chance are no secrets; the test would break if one byte changed.
    expect(stream(body, 'application/pdf', () => 65_536).equals(body)).toBe(true)
  })

  it('whose secret is longer than what is looked at loses all of it', () => {
    const long = canary.repeat(150_000)
    const body = Buffer.from(`{"a":1,"client_assertion":"${long}","b":2}`)
    expect(stream(body, json, () => 65_536).toString()).toBe('{"a":1,"client_assertion":"[redacted]","b":2}')
  })

  it('that is cut off inside a secret shows nothing of it', () => {
    const rows = 'x'.repeat(1_500_000)
    const body = Buffer.from(`{"rows":"${rows}","password":"${canary}`)
    expect(stream(body, json, () => 65_536).toString()).not.toContain(canary)
  })

  it('that is a form loses its fields by name', () => {
    const form = Array.from({ length: 60_000 }, (_, index) => `n${index}=${index}&code=${canary}&note=a+b`).join('&')
    const redacted = stream(Buffer.from(form), 'application/x-www-form-urlencoded', () => 65_536).toString()
    expect(redacted).toBe(redactBody(form, 'application/x-www-form-urlencoded'))
    expect(redacted).not.toContain(canary)
  })

  it('keeps letters whose second byte looks like a space inside a secret', () => {
    const body = Buffer.from(`see password=voilà${canary} now`)
    expect(stream(body, 'text/plain', () => 10).toString()).toBe('see password=[redacted] now')
  })
})
