/** A body's marks stand where the mistakes are, also in a large body, and never in a text that has changed meanwhile. */

import { json } from '@codemirror/lang-json'
import { EditorState } from '@codemirror/state'
import { expect, it } from 'vitest'
import { jsonDiagnostics } from './json-diagnostics.ts'

const stateOf = (text: string): EditorState => EditorState.create({ doc: text, extensions: [json()] })
const marksOf = async (text: string, pointers: readonly string[] = []) => {
  const problems = pointers.map((pointer) => ({ pointer, message: 'is wrong' }))
  const found = await jsonDiagnostics({ state: stateOf(text) }, () => problems)
  return found.map(({ from, to, message }) => [text.slice(from, to), message])
}
const large = JSON.stringify({ items: Array.from({ length: 5000 }, (_, line) => ({ line, text: 'x' })) }, null, 1)

it('marks the place of each problem', async () => {
  expect(await marksOf('{"a": {"b/c": [1, 22]}, "a": 3}', ['/a/b~1c/1', '/a/b~1c', '/a/none', ''])).toEqual([
    ['22', '/a/b~1c/1 is wrong.'],
    ['"b/c"', '/a/b~1c is wrong.'],
    ['"a"', '/a/none is wrong.'],
    ['{', 'The body is wrong.'],
  ])
  expect(await marksOf('  \n', ['/a'])).toEqual([])
})

it('marks the first place that is no JSON, and nothing else then', async () => {
  expect(await marksOf('{\n "a": oops\n}', ['/a'])).toMatchObject([
    [expect.any(String), 'Line 2: not valid JSON from here.'],
  ])
})

it('finds its way in a large body', async () => {
  const pointers = Array.from({ length: 200 }, (_, index) => `/items/${4999 - index}/line`)
  const marks = await marksOf(large, pointers)
  expect(marks.map(([text]) => text)).toEqual(Array.from({ length: 200 }, (_, index) => String(4999 - index)))
  expect(await marksOf(`${large.slice(0, -2)},]}`)).toHaveLength(1)
})

it('lets others have their turn in between, and stops when the text is another', async () => {
  const view = { state: stateOf(large) }
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
    view.state = stateOf('{}')
  }, 0)
  const found = await jsonDiagnostics(view, () => [{ pointer: '/items', message: 'is wrong' }])
  clearInterval(timer)
  expect(found).toEqual([])
  expect(turns).toBeGreaterThan(0)
})
