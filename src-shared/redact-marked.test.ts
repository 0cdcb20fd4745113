/** Names a bank's data marks lose their values in every form, others keep theirs, and nothing changes where nothing is marked. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formSecrets, redactBody, redactForm, redactHeaders, redactText, redactUrl } from './redact.ts'
import { markedTexts } from './redact-marked.ts'

const canary = 'kn4ry-7f3Qz-mark'
const marks = ['code', 'one.time(key)', 'Überweisungs-PIN', 'a"b\\c']
const json = 'application/json'
const hide = (body: string, names: readonly string[] = marks) => redactBody(body, json, [], names)

describe.each(marks)('a member marked %s', (name) => {
  it('goes from JSON at any depth, whatever its case, and nothing else does', () => {
    const text = JSON.stringify({ title: 'x', list: [{ deep: { [name]: canary, beside: 1 } }] }, null, 1)
    expect(hide(text)).toBe(text.replace(canary, '[redacted]'))
    expect(hide(JSON.stringify({ [name.toUpperCase()]: canary }))).not.toContain(canary)
  })

  it('goes as a number, as an object, and cut off', () => {
    expect(JSON.parse(hide(JSON.stringify({ [name]: 734_119, n: 734_118 })))).toEqual({
      [name]: '[redacted]',
      n: 734_118,
    })
    expect(JSON.parse(hide(JSON.stringify({ [name]: { a: [canary] }, b: 2 })))).toEqual({ [name]: '[redacted]', b: 2 })
    expect(hide(JSON.stringify({ [name]: canary }).slice(0, -4))).not.toContain('kn4ry')
  })

  it('goes when its characters are written as numbers', () => {
    const numbers = Array.from(name, (sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
    expect(hide(`{"${numbers.join('')}":"${canary}","b":"stays"}`)).toBe(
      `{"${numbers.join('')}":"[redacted]","b":"stays"}`,
    )
  })

  it('goes from a form and a query, and is no part of a longer name', () => {
    const field = encodeURIComponent(name)
    expect(redactForm(`a=1&${field}=${canary}&x${field}=stays`, [], marks)).toBe(
      `a=1&${field}=[redacted]&x${field}=stays`,
    )
    expect(redactUrl(`https://b.example/p?${field}=${canary}&z=1`, [], marks)).not.toContain(canary)
    expect(hide(JSON.stringify({ [`x${name}`]: 'stays' }))).toContain('stays')
  })

  it('is known as a value, to be found where an answer repeats it', () => {
    expect(markedTexts(JSON.stringify({ a: [{ [name]: canary }, { [name]: 5_551_234 }] }), marks)).toEqual([
      canary,
      '5551234',
    ])
    expect(formSecrets(`${encodeURIComponent(name)}=${encodeURIComponent(canary)}`, marks)).toEqual([canary])
  })
})

describe('marked names', () => {
  it('go from JSON that stands in JSON, from XML and from headers', () => {
    const inner = JSON.stringify({ code: `${canary}, a {b}`, n: 1 })
    expect(redactText(JSON.stringify({ raw: inner }), [], marks)).toBe(
      JSON.stringify({ raw: JSON.stringify({ code: '[redacted]', n: 1 }) }),
    )
    expect(redactBody(`<d:code type="x">${canary}</d:code><other>stays</other>`, 'application/xml', [], marks)).toBe(
      '<d:code type="x">[redacted]</d:code><other>stays</other>',
    )
    expect(redactHeaders([['CODE', canary]], [], marks)).toEqual([['CODE', '[redacted]']])
    expect(redactHeaders([['CODE', 'FORMAT_ERROR']])).toEqual([['CODE', 'FORMAT_ERROR']])
  })

  it('change nothing where nothing is marked, and nothing the second time', () => {
    const error = '{"code":"FORMAT_ERROR","state":"open"}'
    expect(hide(error, [])).toBe(error)
    const once = hide(`{"code":"${canary}","raw":"{\\"code\\":\\"${canary}\\",\\"code\\":12}"}`)
    expect(once).not.toContain(canary)
    expect(hide(once)).toBe(once)
  })

  it('take hostile text in linear time', () => {
    for (const piece of ['"code":', '\\"code\\":', '<code ', 'code=', '"\\u0063'])
      expect(hide(piece.repeat(1_000_000 / piece.length)).length).toBeGreaterThan(0)
  }, 20_000)
})

describe('any JSON', () => {
  it('with a marked member loses its value and keeps the others', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    const value = fc.oneof(
      fc.string().map((text) => canary + text),
      fc.jsonValue().map((each) => ({ each, canary })),
    )
    // A name no other member has by chance, and no text a secret by its form.
    const plain = fc.jsonValue().filter((each) => redactText(JSON.stringify(each)) === JSON.stringify(each))
    fc.assert(
      fc.property(name, value, plain, fc.constantFrom(0, 2), (marked, secret, other, indent) => {
        const named = `m~${marked}`
        const text = JSON.stringify({ other, deep: [{ [named]: secret, n: 1 }] }, null, indent)
        const shown = hide(text, [named])
        expect(shown).not.toContain(canary)
        expect(JSON.parse(shown)).toEqual(
          JSON.parse(JSON.stringify({ other, deep: [{ [named]: '[redacted]', n: 1 }] })),
        )
      }),
      { numRuns: 300 },
    )
  })
})
