import { expect, test } from 'vitest'
import type { AuthorisingEvent } from '../authorising.ts'
import { progressOf } from './authorising-progress.ts'

const callback = { uri: 'http://127.0.0.1:4000/', how: 'listening', warning: null } as const
const open = {
  type: 'open',
  url: 'https://bank.example/p',
  host: 'bank.example',
  opened: false,
  flow: 'f-1',
  callback,
} as const
const returned = { type: 'returned' } as const
const byPerson = { psu: null }

test('the page’s host is named as soon as it is known', () => {
  expect(progressOf({ ending: 'token', ...byPerson }, []).steps[0]).toBe('The bank’s page is opened')
  expect(progressOf({ ending: 'token', ...byPerson }, [open])).toMatchObject({
    done: 1,
    steps: { 0: 'The bank’s page at bank.example is opened', length: 4 },
  })
})

test('a page that gives no token ends with the customer’s return', () => {
  const { steps, done } = progressOf({ ending: 'return', ...byPerson }, [open, returned])
  expect(steps).toHaveLength(2)
  expect(done).toBe(2)
})

test('a consent whose link led to a server goes on to its token', () => {
  const events: AuthorisingEvent[] = [open, { type: 'callback' }]
  expect(progressOf({ ending: 'return', ...byPerson }, events)).toMatchObject({ done: 3, steps: { length: 4 } })
})

test('after a challenge the call is still to be repeated', () => {
  expect(progressOf({ ending: 'repeat', ...byPerson }, [open, returned])).toMatchObject({
    done: 2,
    steps: { length: 3 },
  })
})
