import { expect, test } from 'vitest'
import { organisation } from './organisation.ts'

test.each([
  ['CN=acme,organizationIdentifier=PSDSE-FINA-5583023733,O=Acme TPP,C=SE', 'Acme TPP'],
  ['O=Acme\\, Inc.,C=SE', 'Acme, Inc.'],
  ['CN=O=fake', null],
  ['CN=acme,C=SE', null],
])('of %s is %s', (subject, expected) => {
  expect(organisation(subject)).toBe(expected)
})
