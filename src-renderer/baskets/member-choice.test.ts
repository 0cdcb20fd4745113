/** What can be signed together: by status, by who created it, and the ids in the body that says so. */
import { describe, expect, it } from 'vitest'
import { bodyOf, type Members, membersIn, obstacleTo } from './member-choice.ts'

const members: Members = {
  at: '/paymentIds',
  kinds: ['payment'],
  statuses: ['RCVD'],
  reason: 'Only what is not signed can go in.',
}
const thing = { status: 'RCVD', meaning: null, final: false, identity: 'one' }

describe('what can go into a basket', () => {
  it('takes what has one of the statuses', () => {
    expect(obstacleTo(thing, members, 'one')).toBeNull()
    expect(obstacleTo({ ...thing, identity: null }, members, 'one')).toBeNull()
  })
  it('says why not', () => {
    expect(obstacleTo({ ...thing, status: 'ACSC', final: true }, members, 'one')).toMatch(/ACSC is final/)
    expect(obstacleTo({ ...thing, status: 'ACTC' }, members, 'one')).toBe(`It is ACTC. ${members.reason}`)
    expect(obstacleTo({ ...thing, status: null }, members, 'one')).toMatch(/not known yet/)
    expect(obstacleTo(thing, members, 'two')).toMatch(/Another identity/)
  })
  it('takes anything that is not final where the data names no statuses', () => {
    const { statuses: _none, ...any } = members
    expect(obstacleTo({ ...thing, status: 'PDNG' }, any, null)).toBeNull()
  })
})

describe('the body', () => {
  it('carries the ids where the data says, and they are read from there', () => {
    expect(JSON.parse(bodyOf(members, ['a', 'b']))).toEqual({ paymentIds: ['a', 'b'] })
    expect(membersIn(members, bodyOf(members, ['a', 'b']))).toEqual(['a', 'b'])
    expect(JSON.parse(bodyOf({ ...members, at: '/basket/ids' }, ['a']))).toEqual({ basket: { ids: ['a'] } })
  })
  it('is empty where nothing can be read', () => {
    for (const body of [null, '', '[]', '{"paymentIds":"a"}', '{ half']) expect(membersIn(members, body)).toEqual([])
  })
})
