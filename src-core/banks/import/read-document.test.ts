/** Hostile and broken texts: each is refused with its file, its place and a remedy, in no time; what is odd but right is read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { isFault } from '#shared/fault.ts'
import { createBudget } from './json-tree.ts'
import { readDocument } from './read-document.ts'

const read = (path: string, text: string) => readDocument({ path, text }, createBudget())

function refusal(path: string, text: string) {
  try {
    read(path, text)
  } catch (error) {
    if (!isFault(error)) throw error
    expect(error.code).toBe('IMPORT_REFUSED')
    expect(error.details.file).toBe(path)
    // What, and then what now: two sentences at least.
    expect(error.message).toMatch(/^\S.*\. [A-Z].*\.$/)
    expect(error.message.length).toBeLessThan(700)
    return error.message
  }
  throw new Error(`${path} was read`)
}

const aliasBomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
  .join('\n')}`
const aliasDoubling = `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`).join('\n')}`
const block = (levels: number) => Array.from({ length: levels }, (_, index) => `${' '.repeat(index)}a:`).join('\n')
const million = 1_000_000

describe('what is refused', () => {
  it.each([
    ['an empty text', 'a.yaml', ' \n', 'is empty'],
    ['JSON cut off', 'a.json', '{"openapi":"3.0.0",\n "paths":', 'line 2, column 10'],
    ['a comma too many', 'a.json', `["${'x'.repeat(40)}",\n2,]`, 'line 2, column 3'],
    ['JSON with comments', 'a.json', '{\n// hello\n}', 'line 2, column 1'],
    ['single quotes in JSON', 'a.json', "{'a':1}", 'not valid JSON'],
    ['NaN in JSON', 'a.json', '{"a":NaN}', 'not valid JSON'],
    ['a number JSON cannot carry', 'a.json', '{"a":1e999}', '#/a'],
    ['a number YAML alone has', 'a.yaml', 'a: .inf', '#/a'],
    ['two JSON values', 'a.json', '{} {}', 'not valid JSON'],
    ['a repeated key in JSON', 'a.json', '{"a":{"b":1,\n"b":2}}', 'line 2, column 1: the key "b" stands twice'],
    ['a key repeated with an escape', 'a.json', '{"ab":1,"\\u0061b":2}', 'the key "ab" stands twice'],
    ['a repeated key in YAML', 'a.yaml', 'a:\n  b: 1\n  b: 2\n', 'line 3, column 3: the key "b" stands twice'],
    ['keys that are one as text', 'a.yaml', '200: a\n"200": b\n', 'stands twice'],
    ['a list as a key', 'a.yaml', '? [a, b]\n: c\n', 'where a key has to be'],
    ['YAML that is none', 'a.yaml', 'a: b\n c: d\n', 'not valid YAML'],
    ['a tab as indentation', 'a.yaml', 'a:\n\tb: 1\n', 'not valid YAML'],
    ['several YAML documents', 'a.yaml', 'a: 1\n---\nb: 2\n', 'exactly one YAML document'],
    ['an alias without anchor', 'a.yaml', 'a: *nobody\n', 'alias'],
    ['an alias to what it stands in', 'a.yaml', 'a: &a [*a]\n', 'nested deeper'],
    ['bytes that were no UTF-8', 'a.yaml', 'a: b\nc: caf\uFFFD\n', 'line 2, column 7: this is not valid UTF-8'],
    ['UTF-16 read as UTF-8', 'a.json', '\uFFFD\uFFFD{\u0000"\u0000', 'not'],
    ['bytes of a program', 'a.yaml', '\u007fELF\u0000\u0000', 'not UTF-8 text'],
    ['an alias bomb', 'a.yaml', aliasBomb, '1,000'],
    ['an alias bomb of few aliases', 'a.yaml', aliasDoubling, '1,000'],
    ['depth in JSON', 'a.json', '['.repeat(201) + ']'.repeat(201), 'deeper than 200'],
    ['endless depth in JSON', 'a.json', '{"a":'.repeat(million), 'deeper than 200'],
    ['endless depth in YAML flow', 'a.yaml', '['.repeat(million), 'deeper than 200'],
    ['endless depth in YAML maps', 'a.yaml', '{a: '.repeat(million), 'deeper than 200'],
    ['depth in YAML blocks', 'a.yaml', block(900), 'deeper than 200'],
    ['depth in YAML lists', 'a.yaml', '- '.repeat(100_000), 'deeper than 200'],
    ['more values than there can be', 'a.json', `[${'1,'.repeat(million)}1]`, '1,000,000 values'],
    ['more YAML than is read', 'a.yaml', '- a\n'.repeat(million), 'Convert it to JSON'],
    ['commas without end', 'a.yaml', `[${','.repeat(million)}`, 'a.yaml'],
    ['document marks without end', 'a.yaml', '---\n'.repeat(million), 'exactly one YAML document'],
    ['anchors without end', 'a.yaml', '&a '.repeat(10_000), 'not valid YAML'],
    ['the key that reaches into the prototype', 'a.json', '{"a":{"__proto__":{"x":1}}}', '#/a/__proto__'],
    ['the same in YAML', 'a.yaml', 'a:\n  __proto__: {x: 1}\n', '#/a/__proto__'],
    ['the same behind a merge', 'a.yaml', 'a: &a {"__proto__": 1}\nb: {<<: *a}\n', '__proto__'],
  ])('%s', (_title, path, text, words) => {
    const before = process.cpuUsage()
    expect(refusal(path, text)).toContain(words)
    const { user, system } = process.cpuUsage(before)
    // Of the processor, microseconds. Generous: the point is seconds, not minutes.
    expect(user + system).toBeLessThan(10_000_000)
    expect(({} as { x?: number }).x).toBeUndefined()
  })
})

describe('what is read', () => {
  it.each([
    ['a byte order mark', 'a.json', '\uFEFF{"a":1}', { a: 1 }],
    ['a byte order mark in YAML', 'a.yaml', '\uFEFFa: 1\n', { a: 1 }],
    ['Windows line ends', 'a.yaml', 'a: 1\r\nb:\r\n  - x\r\n', { a: 1, b: ['x'] }],
    ['JSON under another name', 'a.yaml', ' {"a": "\\u00e5"}', { a: 'å' }],
    ['YAML that looks like JSON', 'a.yaml', '{a: 1, b: [x, y]}', { a: 1, b: ['x', 'y'] }],
    ['numbers as keys', 'a.yaml', '200: ok\n', { 200: 'ok' }],
    ['merge keys', 'a.yaml', 'a: &a {x: 1}\nb: {<<: *a, y: 2}\n', { a: { x: 1 }, b: { x: 1, y: 2 } }],
    ['what YAML 1.1 takes for a date', 'a.yaml', '%YAML 1.1\n---\na: 2024-01-31\n', { a: '2024-01-31' }],
    ['yes and no as words', 'a.yaml', 'a: yes\nb: no\n', { a: 'yes', b: 'no' }],
    ['names of the prototype', 'a.json', '{"constructor":1,"prototype":2}', { constructor: 1, prototype: 2 }],
    ['a brace inside a text', 'a.json', `{"a":"${'[{'.repeat(500)}\\""}`, { a: `${'[{'.repeat(500)}"` }],
    ['200 levels', 'a.json', `${'['.repeat(200)}${']'.repeat(200)}`, expect.any(Array)],
  ])('%s', (_title, path, text, value) => expect(read(path, text)).toEqual(value))

  it('gives aliases as values of their own', () => {
    const { a, b } = read('a.yaml', 'a: &a {x: 1}\nb: *a\n') as { a: object; b: object }
    expect(b).toEqual(a)
    expect(b).not.toBe(a)
  })
})

describe('any JSON value', () => {
  const json = fc.jsonValue({ maxDepth: 6 }).filter((value) => !JSON.stringify(value).includes('"__proto__"'))
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

  it('comes back as it was, from JSON and from YAML', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify({ value })
        fc.pre(!text.includes('\uFFFD'))
        expect(read('a.json', text)).toEqual(plain({ value }))
        expect(read('a.yaml', stringify(plain({ value })))).toEqual(plain({ value }))
      }),
    )
  })

  it('is read or refused, and never touches a prototype', () => {
    const key = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', '$ref', '<<'),
      fc.string(),
    )
    const tree = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.dictionary(key, tie('node'))),
    })).node
    fc.assert(
      fc.property(tree, fc.boolean(), (value, asYaml) => {
        const text = asYaml ? stringify({ value }) : JSON.stringify({ value })
        try {
          read(asYaml ? 'a.yaml' : 'a.json', text)
        } catch (error) {
          if (!isFault(error)) throw error
        }
        expect(Object.keys(Object.prototype)).toEqual([])
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
      }),
    )
  })
})

it('reads any text or refuses it with a fault', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    "'",
    '- ',
    '? ',
    '| ',
    '> ',
    '&a ',
    '*a',
    '#',
    '%',
    '!',
    '\n',
    '  ',
    'a',
    '<<',
    '\\',
    '\t',
    '---',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
      for (const path of ['a.yaml', 'a.json']) {
        try {
          read(path, parts.join(''))
        } catch (error) {
          if (!isFault(error)) throw error
        }
      }
    }),
    { numRuns: 2000 },
  )
})
