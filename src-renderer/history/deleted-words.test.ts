/** Deleting says how many went, and what else went or did not. */
import { expect, it } from 'vitest'
import { deletedWords } from './deleted-words.ts'

it('says only the number where there is nothing more to say', () => {
  expect(deletedWords({ deleted: 1, unknown: [], files: [], cleared: true })).toEqual({ title: '1 exchange deleted' })
})

it('names files, exchanges that had gone, and what is not cleared yet', () => {
  const { title, text } = deletedWords({
    deleted: 1204,
    unknown: ['a', 'b'],
    files: ['history.sqlite.backup-1'],
    cleared: false,
  })
  expect(title).toBe('1,204 exchanges deleted')
  expect(text).toContain('2 exchanges had gone before.')
  expect(text).toContain('history.sqlite.backup-1')
  expect(text).toContain('cleared with its next use')
})
