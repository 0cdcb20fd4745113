import { expect, test } from 'vitest'
import { splitPem } from './split-pem.ts'

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
const key = (label: string) => `-----BEGIN ${label}-----\nMIIE\n-----END ${label}-----\n`

test.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])('takes a %s out', (label) => {
  expect(splitPem(`${certificate}${key(label)}${certificate}`)).toEqual({
    certificates: certificate + certificate,
    key: key(label),
  })
})

test('leaves a cut-off key where it is, for the engine to say what is wrong', () => {
  const text = `${certificate}-----BEGIN PRIVATE KEY-----\nMIIE`
  expect(splitPem(text)).toEqual({ certificates: text, key: '' })
})
