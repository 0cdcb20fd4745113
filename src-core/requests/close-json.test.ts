/** The beginning of a JSON text is read as far as it goes. */
import { describe, expect, it } from 'vitest'
import { closeJson } from './close-json.ts'

const problem = {
  title: 'Consent invalid',
  code: 'Consent_invalid',
  detail: 'a "b", {c} [d] \\',
  list: [{ a: 1 }, { b: [2, 3] }],
}

describe('a text that is cut off', () => {
  it('keeps what is whole, wherever the cut is', () => {
    const text = JSON.stringify(problem)
    for (let at = 1; at <= text.length; at += 1) {
      const read = JSON.parse(closeJson(text.slice(0, at))) as Record<string, unknown>
      const names = Object.keys(read)
      expect(names).toEqual(Object.keys(problem).slice(0, names.length))
      for (const name of names.filter((each) => each !== 'list'))
        expect(read[name]).toBe(problem[name as keyof typeof problem])
    }
    expect(JSON.parse(closeJson(text))).toEqual(problem)
  })

  it('that is no JSON stays none', () => {
    expect(() => JSON.parse(closeJson('<html>, {'))).toThrow()
    expect(closeJson('')).toBe('')
  })
})
