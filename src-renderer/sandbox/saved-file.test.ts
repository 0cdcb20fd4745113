/** A file that is no saved state is refused with what to choose instead. */
import { describe, expect, it } from 'vitest'
import { readSavedState } from './saved-file.ts'

const file = (text: string, size = text.length) => ({ name: 'state.json', size, text: () => Promise.resolve(text) })

describe('readSavedState', () => {
  it('tells what the file says of itself, and keeps all of it for the sandbox', async () => {
    const snapshot = {
      format: 'tpp-workbench-sandbox-state',
      savedAt: '2026-11-03T10:00:00.000Z',
      tenant: 'PSDSE-FINA-1',
      banks: { one: {}, two: {} },
      faults: [{}],
      more: 1,
    }
    expect(await readSavedState(file(JSON.stringify(snapshot)))).toEqual({
      name: 'state.json',
      snapshot,
      savedAt: '2026-11-03T10:00:00.000Z',
      tenant: 'PSDSE-FINA-1',
      banks: ['one', 'two'],
      faults: 1,
    })
  })

  it.each([
    ['not json', undefined, /no JSON/],
    ['[]', undefined, /not what/],
    ['{"format":"something else"}', undefined, /not what/],
    ['{}', 17 * 1024 * 1024, /larger than 16 MB/],
  ])('refuses %j', async (text, size, problem) => {
    expect(await readSavedState(file(text, size))).toEqual({ problem: expect.stringMatching(problem) })
  })

  it('says when it cannot be read', async () => {
    const unreadable = { name: 'x', size: 1, text: () => Promise.reject(new Error('no')) }
    expect(await readSavedState(unreadable)).toEqual({ problem: expect.stringMatching(/permissions/) })
  })
})
