/** What a bank made of what it was asked: left out, changed, put in; also where its answer wraps the payment. */
import { describe, expect, it } from 'vitest'
import { changedFields } from './changed-fields.ts'

const asked = { amount: { value: '1.00' }, name: 'A', text: 'kept' }
const marks = (answer: object) =>
  Object.fromEntries(changedFields(asked, answer as never).map(({ place, mark }) => [place, mark]))

describe('what was asked beside what the bank has', () => {
  it('is marked place by place', () => {
    expect(marks({ amount: { value: '2.00' }, text: 'kept', transactionStatus: 'RCVD' })).toEqual({
      '/amount/value': 'changed',
      '/name': 'stripped',
      '/text': 'same',
      '/transactionStatus': 'added',
    })
  })
  it('is found inside a member of the answer, and links are no change', () => {
    expect(marks({ payment: asked, _links: { self: { href: '/x' } } })).toEqual({
      '/amount/value': 'same',
      '/name': 'same',
      '/text': 'same',
    })
    expect(marks({ ...asked, _links: { self: { href: '/x' } } })).not.toHaveProperty(['/_links/self/href'])
  })
})
