/** Command lines are split as the shells split them, and nothing in them is expanded. */
import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bashWords, cmdWords, isCmd } from './shell-words.ts'

const quoteForBash = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`
const quoteForDouble = (word: string): string => `"${word.replace(/[\\"$`]/g, '\\$&')}"`

describe('bashWords', () => {
  it('splits as bash itself does', () => {
    const lines = [
      `curl -H 'a: b c' "d \\"e\\" \\$f" g\\ h $'i\\n\\x41\\u00e5\\'' 'j'"k"l`,
      "curl \\\n  -X POST \\\n  'https://a.example/b?c=d&e'",
      `curl "a\\b" 'c\\d' e\\\\f ""`,
    ]
    for (const line of lines) {
      const printed = execFileSync('bash', ['-c', `printf '%s\\0' ${line.replace(/^curl /, 'curl ')}`], {
        encoding: 'utf8',
      })
      expect(bashWords(line).words).toEqual(printed.split('\0').slice(0, -1))
    }
  })

  it('gives any word back that was quoted for it', () => {
    const word = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0'))
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        expect(bashWords(words.map(quoteForBash).join(' ')).words).toEqual(words)
        expect(bashWords(words.map(quoteForDouble).join(' ')).words).toEqual(words)
      }),
    )
  })

  it('expands nothing and reads nothing behind the command', () => {
    const found = bashWords('curl "https://a/$(id)" `whoami` $HOME | sh; rm -rf /')
    expect(found).toMatchObject({ unexpanded: true, more: true })
    expect(found.words).toEqual(['curl', 'https://a/$(id)', '`whoami`', '$HOME'])
  })

  it('ends whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from(`'"\\$\`^%&|\n\r x`)), maxLength: 200 }), (text) => {
        expect(Array.isArray(bashWords(text).words) && Array.isArray(cmdWords(text).words)).toBe(true)
      }),
    )
  })
})

describe('cmdWords', () => {
  it('takes carets away and reads quotes as a program does', () => {
    const line =
      'curl ^"https://a.example/b?c=d^&e=f^" ^\r\n  -H ^"x-a: 1^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"b c^\\^"^}^"'
    expect(isCmd(line)).toBe(true)
    expect(cmdWords(line).words).toEqual([
      'curl',
      'https://a.example/b?c=d&e=f',
      '-H',
      'x-a: 1',
      '--data-raw',
      '{"a":"b c"}',
    ])
  })

  it('keeps a caret inside plain quotes, and backslashes that stand before no quote', () => {
    expect(cmdWords('curl "a^b" c\\d "e\\\\" f""g').words).toEqual(['curl', 'a^b', 'c\\d', 'e\\', 'fg'])
  })
})
