/** One value changes; comments, anchors and layout around it stay. */
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { spliceYaml } from './splice-yaml.ts'

const text = `# Head
name: Old # the name
flow: {a: [1, 2], b: ''}
list:
  # first
  - id: one
    urls: {api: ''}
  - id: two # second
    deep:
      a: 1
last: [x]
`

describe('replaces', () => {
  it.each<[string, (string | number)[], unknown]>([
    ['a word', ['name'], 'New'],
    ['a word that needs quotes', ['name'], 'yes: #no'],
    ['a text of several lines', ['name'], 'a\nb'],
    ['a value in a flow map', ['flow', 'b'], 'https://x.example'],
    ['a flow map by a map', ['flow'], { a: { b: [1] } }],
    [
      'an item of a list',
      ['list', 0],
      { id: 'three', urls: { api: 'https://x', other: '' }, deep: { a: [1, { b: 2 }] } },
    ],
    ['the last item of a list', ['list', 1], { id: 'four' }],
    ['a whole list', ['list'], [{ id: 'five', urls: {} }, { id: 'six' }]],
    ['a list by none', ['list'], []],
    ['what stands deep', ['list', 1, 'deep', 'a'], 2],
    ['the end', ['last'], ['y', 'z']],
    ['what was not there', ['fresh'], [{ a: 1 }]],
  ])('%s', (_title, path, value) => {
    const after = spliceYaml(text, path, value)
    const expected = parse(text) as Record<string, unknown>
    let holder = expected
    for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>
    holder[path.at(-1)!] = value
    expect(parse(after)).toEqual(expected)
    expect(after.startsWith('# Head\nname: ')).toBe(true)
    if (path[0] !== 'last') expect(after).toContain('last: [x]\n')
    if (path[0] !== 'flow') expect(after).toContain("flow: {a: [1, 2], b: ''}\n")
    if (path[0] === 'name') expect(after).toContain(' # the name\n')
  })
})

it('says when there is nothing at the path', () =>
  expect(() => spliceYaml(text, ['list', 5, 'id'], 'x')).toThrow(RangeError))
