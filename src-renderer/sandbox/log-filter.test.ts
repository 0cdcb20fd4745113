/** The log is narrowed down by what a person would look for, and rows keep their key while calls come in. */
import { describe, expect, it } from 'vitest'
import type { SandboxLogEntry } from '#shared/sandbox-protocol.ts'
import { filteredLog, isSameLog, logKeys } from './log-filter.ts'

const entry = (change: Partial<SandboxLogEntry> = {}): SandboxLogEntry => ({
  at: '2026-11-03T10:00:00.000Z',
  bank: 'ica-banken',
  operation: 'ica-accounts-list',
  method: 'GET',
  path: '/Accounts',
  status: 200,
  clientCertificate: null,
  reason: '3 accounts',
  requestId: '9b45fa6c',
  ...change,
})
const none = { bank: '', status: '', words: '' }

describe('filteredLog', () => {
  const good = entry()
  const refused = entry({ status: 401, reason: 'the token is over', bank: 'sparebank1' })
  const hung = entry({ status: 0, faults: ['hang'], reason: 'never answered' })
  const log = [good, refused, hung]

  it.each([
    [none, log],
    [{ ...none, bank: 'sparebank1' }, [refused]],
    [{ ...none, status: '2xx' }, [good]],
    [{ ...none, status: '4xx' }, [refused]],
    [{ ...none, status: 'none' }, [hung]],
    [{ ...none, status: 'fault' }, [hung]],
    [{ ...none, words: 'TOKEN over' }, [refused]],
    [{ ...none, words: 'hang' }, [hung]],
    [{ ...none, words: '9B45' }, log],
    [{ ...none, words: 'nothing like it' }, []],
  ])('%j', (filter, wanted) => {
    expect(filteredLog(log, filter)).toEqual(wanted)
  })
})

describe('isSameLog', () => {
  it('is another one when a call came, even when the oldest went', () => {
    const [first, second] = [entry({ requestId: '1' }), entry({ requestId: '2' })]
    expect(isSameLog([first], [entry({ requestId: '1' })])).toBe(true)
    expect(isSameLog([first], [second, first])).toBe(false)
    expect(isSameLog([first], [second])).toBe(false)
    expect(isSameLog([], [])).toBe(true)
  })
})

describe('logKeys', () => {
  it('tells calls that are alike apart, and keeps their keys when newer ones come', () => {
    const [older, newer] = [entry(), entry()]
    const before = logKeys([older])
    const after = logKeys([newer, older])
    expect(after.get(older)).toBe(before.get(older))
    expect(after.get(newer)).not.toBe(after.get(older))
  })
})
