/** A canary of each kind in each position is gone, and every other byte is as it was. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formSecrets, redactBody, redactForm, redactHeaders, redactText, redactUrl } from './redact.ts'

const canary = 'kn4ry-7f3Qz-secret'
const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3ZjNReiJ9.c2lnbmF0dXJl-_kn4ry'
const jwe = 'eyJhbGciOiJSU0EtT0FFUCJ9.T0tPSzEyMzQ1.NDhWMV9BTGI2VVM.XFBoMYUZodetZ.kn4ryTag'
const named = [
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'client_assertion',
  'code_verifier',
  'password',
  'ssn',
  'scaAuthenticationData',
  'confirmationCode',
] as const

describe.each(named)('%s', (name) => {
  it('goes from a query and a form, and takes nothing else along', () => {
    expect(redactUrl(`https://bank.example/a?x=1&${name}=${canary}&y=2#top`)).toBe(
      `https://bank.example/a?x=1&${name}=[redacted]&y=2#top`,
    )
    expect(redactForm(`x=1&${name}=${canary}&y=%C3%A4+`)).toBe(`x=1&${name}=[redacted]&y=%C3%A4+`)
  })

  it('goes from JSON, five levels down', () => {
    const json = JSON.stringify({ a: [{ b: { c: [{ [name]: canary, d: 'stays' }] } }] }, null, 1)
    expect(redactBody(json, 'application/json')).toBe(json.replace(canary, '[redacted]'))
  })

  it('goes from JSON inside a JSON string', () => {
    const inner = JSON.stringify({ [name]: canary, x: 1 })
    expect(redactText(JSON.stringify({ body: inner }))).toBe(
      JSON.stringify({ body: inner.replace(canary, '[redacted]') }),
    )
  })

  it('goes from text, as a field and as a program prints it', () => {
    expect(redactText(`GET /x?${name}=${canary} failed`)).toBe(`GET /x?${name}=[redacted] failed`)
    expect(redactText(`{ ${name}: '${canary}', ok: true }`)).toBe(`{ ${name}: '[redacted]', ok: true }`)
  })

  it('goes from the address of a redirect and from a header of its name', () => {
    expect(redactHeaders([['Location', `http://127.0.0.1:1/cb?a=b&${name}=${canary}`]])).toEqual([
      ['Location', `http://127.0.0.1:1/cb?a=b&${name}=[redacted]`],
    ])
    expect(redactHeaders([['location', `https://tpp.example/cb#${name}=${canary}`]])).toEqual([
      ['location', `https://tpp.example/cb#${name}=[redacted]`],
    ])
    expect(redactHeaders([[name.toUpperCase(), canary]])).toEqual([[name.toUpperCase(), '[redacted]']])
  })

  it('goes whatever its case', () => {
    const upper = name.toUpperCase()
    expect(redactForm(`${upper}=${canary}`)).not.toContain(canary)
    expect(redactText(`{"${upper}":"${canary}"}`)).not.toContain(canary)
  })
})

describe('code and state', () => {
  it('are secrets in a query, a form, a redirect and an address in text', () => {
    expect(redactUrl(`http://127.0.0.1/cb?code=${canary}&state=${canary}`)).toBe(
      'http://127.0.0.1/cb?code=[redacted]&state=[redacted]',
    )
    expect(redactForm(`code=${canary}&grant_type=authorization_code`)).toBe(
      'code=[redacted]&grant_type=authorization_code',
    )
    expect(redactHeaders([['Location', `/cb?code=${canary}`]])).toEqual([['Location', '/cb?code=[redacted]']])
    expect(redactText(`see http://127.0.0.1/cb?code=${canary}&state=${canary}.`)).not.toContain(canary)
    expect(redactHeaders([['Referer', `http://127.0.0.1/cb?code=${canary}`]])).toEqual([
      ['Referer', 'http://127.0.0.1/cb?code=[redacted]'],
    ])
  })

  it('are the words of an error in JSON', () => {
    const body = '{"title":"Bad request","code":"FORMAT_ERROR","detail":"Payment information is null","state":"open"}'
    expect(redactBody(body, 'application/problem+json')).toBe(body)
  })
})

describe('headers', () => {
  it.each([
    ['Authorization', `Bearer ${canary}`, 'Bearer [redacted]'],
    ['authorization', `Basic   ${canary}`, 'Basic [redacted]'],
    ['AUTHORIZATION', canary, '[redacted]'],
    ['Authorization', `${canary} `, '[redacted]'],
    ['Cookie', `sid=${canary}; a=b`, '[redacted]'],
    ['Set-Cookie', `sid=${canary}; Path=/`, '[redacted]'],
    ['Proxy-Authorization', `Basic ${canary}`, '[redacted]'],
    ['X-Other', `Bearer ${canary}`, 'Bearer [redacted]'],
    ['X-Token', jwt, '[redacted]'],
    ['Accept', 'application/json', 'application/json'],
    ['Date', 'Sat, 21 Nov 2026 02:03:58 GMT', 'Sat, 21 Nov 2026 02:03:58 GMT'],
  ])('%s: %s', (name, value, expected) => {
    expect(redactHeaders([[name, value]])).toEqual([[name, expected]])
  })
})

describe('tokens by their form', () => {
  it.each([jwt, jwe])('go from text, queries, paths and forms: %s', (token) => {
    for (const hidden of [
      redactText(`the token ${token} is old`),
      redactUrl(`https://bank.example/${token}/x?hint=${token}`),
      redactForm(`assertion=${token}&${token}`),
      redactBody(JSON.stringify({ deep: [{ any: token }] }), 'application/json'),
    ]) {
      expect(hidden).not.toContain('kn4ry')
      expect(hidden).toContain('[redacted]')
    }
  })

  it('go from lines of headers and from addresses with a password', () => {
    expect(redactText(`Cookie: sid=${canary}; b=c\r\nHost: x`)).toBe('Cookie: [redacted]\r\nHost: x')
    expect(redactText(`authorization: bearer ${canary}`)).toBe('authorization: bearer [redacted]')
    expect(redactText(`proxy http://anna:${canary}@proxy:8080/`)).toBe('proxy http://[redacted]@proxy:8080/')
    expect(redactUrl(`https://anna:${canary}@bank.example/?a=b`)).toBe('https://[redacted]@bank.example/?a=b')
  })
})

describe('given values', () => {
  const token = 'a+b/c=="ü'

  it('are found in every spelling', () => {
    expect(redactText(`token ${token} refused`, [token])).toBe('token [redacted] refused')
    expect(redactForm(`x=${encodeURIComponent(token)}`, [token])).toBe('x=[redacted]')
    expect(redactUrl(`https://b.example/${encodeURIComponent(token)}`, [token])).toBe('https://b.example/[redacted]')
    expect(redactBody(JSON.stringify({ echo: token }), 'application/json', [token])).toBe('{"echo":"[redacted]"}')
  })

  it('hide the longer one where one is part of the other, and nothing where they are short', () => {
    expect(redactText('abcdefghij', ['abcdef', 'abcdefghij'])).toBe('[redacted]')
    expect(redactText('SEK 250', ['SEK'])).toBe('SEK 250')
  })

  it('are those a form names', () => {
    expect(formSecrets('grant_type=refresh_token&refresh_token=a%2Bb+c&client_id=me&code=')).toEqual(['a+b c'])
  })
})

describe('odd text', () => {
  it('masks a value that is cut off, has escapes, or is no string', () => {
    expect(redactText(`{"access_token":"${canary}`)).toBe('{"access_token":"[redacted]"')
    const twice = redactText(`{"access_token":"${canary} {"access_token":"${canary}","a":1}\n{"ssn":"${canary}\nat x`)
    expect(twice).not.toContain(canary)
    expect(twice).toContain('\nat x')
    expect(redactText(`{"access_token":"a\\"${canary}","b":1}`)).toBe('{"access_token":"[redacted]","b":1}')
    expect(redactText('{"ssn": 197201011234 , "b": 1}')).toBe('{"ssn": "[redacted]" , "b": 1}')
    expect(redactText('{"password":{"a":["x}"]},"b":1}')).toBe('{"password":"[redacted]","b":1}')
    expect(redactText('{"refresh_token":null,"access_token" : true}')).toBe(
      '{"refresh_token":null,"access_token" : true}',
    )
  })

  it('changes nothing the second time', () => {
    const once = redactText(
      `?code=${canary}&access_token=${canary} Bearer ${canary} {"ssn":"${canary}"} { ssn: '${canary}' } Cookie: ${canary}`,
    )
    expect(once).not.toContain(canary)
    expect(redactText(once)).toBe(once)
  })

  it('leaves plain words alone', () => {
    const text = 'The code was used or is older than 30 seconds. Basic checks passed, code=1; password must be set.'
    expect(redactText(text.replace('Basic checks', 'All checks'))).toBe(text.replace('Basic checks', 'All checks'))
  })

  it('takes a value of many megabytes in linear time', () => {
    const large = 'x'.repeat(8_000_000)
    expect(redactText(`{"access_token":"${large}","a":"${large}"}`)).toHaveLength(8_000_000 + 36)
  })
})

describe('any JSON', () => {
  const secretValue = fc.oneof(
    fc.string({ minLength: 1 }).map((text) => `${canary}${text}`),
    fc.integer({ min: 1 }).map((n) => 7_340_000_000_000 + n),
    fc.jsonValue().map((value) => [canary, value]),
    fc.jsonValue().map((value) => ({ value, canary })),
  )
  /** Free of what is masked by its form. */
  const plain = fc.jsonValue().filter((value) => redactText(JSON.stringify(value)) === JSON.stringify(value))

  it('with a secret member loses its value and keeps the others', () => {
    fc.assert(
      fc.property(
        plain,
        plain,
        fc.constantFrom(...named),
        secretValue,
        fc.constantFrom(0, 1, 2),
        (before, after, name, value, indent) => {
          const document = { before, deep: { list: [{ [name]: value, after }] } }
          const text = redactBody(JSON.stringify(document, null, indent), 'application/json')
          expect(text).not.toContain(canary)
          expect(text).not.toMatch(/7340000\d{6}/)
          expect(JSON.parse(text)).toEqual(
            JSON.parse(JSON.stringify({ before, deep: { list: [{ [name]: '[redacted]', after }] } })),
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('any form', () => {
  const part = fc.string({ unit: 'binary', maxLength: 8 })

  it('loses its secret field and keeps the others', () => {
    const secrets = new Set<string>([...named, 'code', 'state', 'accesstoken', 'refreshtoken', 'passphrase'])
    const pairs = fc
      .array(fc.tuple(part, part), { maxLength: 5 })
      .filter((all) => all.every(([name]) => !secrets.has(name.toLowerCase())))
    fc.assert(
      fc.property(pairs, pairs, fc.constantFrom(...named, 'code'), (before, after, name) => {
        const form = new URLSearchParams([...before, [name, canary], ...after])
        const read = [...new URLSearchParams(redactForm(form.toString()))]
        expect(read).toEqual(
          [...new URLSearchParams(form)].map(([key, value]) => [key, key === name ? '[redacted]' : value]),
        )
      }),
    )
  })
})
