/** The thumbprint of RFC 8705's own example, wherever a bank writes it down, and nothing where it is no thumbprint. */
import { expect, it } from 'vitest'
import { boundCertificate } from './certificate-binding.ts'

/** RFC 8705 section 3.1. */
const thumbprint = 'bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2'
const hex = Buffer.from(thumbprint, 'base64url').toString('hex')
const jwt = (claims: unknown) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`
const confirmed = { cnf: { 'x5t#S256': thumbprint } }

it('is read of a JWT, or of the answer that brought an opaque token', () => {
  expect(hex).toHaveLength(64)
  expect(boundCertificate(jwt({ sub: 'x', ...confirmed }))).toBe(hex)
  expect(boundCertificate('opaque', confirmed)).toBe(hex)
  const other = { cnf: { 'x5t#S256': 'A'.repeat(43) } }
  expect(boundCertificate(jwt(confirmed), other)).toBe(hex)
})

it.each([
  'opaque',
  'a.b.c',
  '..',
  jwt(null),
  jwt([]),
  jwt({ cnf: null }),
  jwt({ cnf: 'x' }),
  jwt({ cnf: { 'x5t#S256': 5 } }),
  jwt({ cnf: { 'x5t#S256': 'short' } }),
  jwt({ cnf: { jkt: thumbprint } }),
])('%j says nothing', (token) => {
  expect(boundCertificate(token)).toBeNull()
  expect(boundCertificate(token, { cnf: [] })).toBeNull()
})
