import { describe, expect, it } from 'vitest'
import { oneLineName, rfc2253Name } from './issuer-name.ts'
import type { IssuerAttribute } from './signing-scheme.ts'
import { attribute, sampleIssuer } from './testing/signing-keys.ts'

const typed = (oid: string, tag: number, value: string): IssuerAttribute => ({
  oid,
  value,
  der: Buffer.from([tag, value.length, ...Buffer.from(value, 'latin1')]),
})

describe('the name of an issuer', () => {
  // What OpenSSL 3.0 (-nameopt compat) and OpenJDK 17 (X500Principal.RFC2253) print for one certificate.
  const wide = [
    [attribute('2.5.4.97', 'PSDNO-FSA-123456')],
    [attribute('2.5.4.3', 'Åse, "quote" =eq #hash <a;b> \\ back')],
    [attribute('2.5.4.11', 'multi'), attribute('2.5.4.10', 'SaltTest')],
    [typed('1.2.840.113549.1.9.1', 0x16, 'a@b.c')],
    [attribute('2.5.4.9', 'Gate 1')],
    [attribute('0.9.2342.19200300.100.1.1', 'u1')],
    [typed('0.9.2342.19200300.100.1.25', 0x16, 'no')],
    [attribute('2.5.4.7', 'Oslo')],
    [attribute('2.5.4.8', 'Oslo')],
    [attribute('2.5.4.42', 'Given')],
    [typed('2.5.4.5', 0x13, '77')],
    [typed('1.3.6.1.4.1.311.60.2.1.3', 0x13, 'RO')],
    [typed('2.5.4.6', 0x13, 'NO')],
  ]

  it('as OpenSSL writes it on one line', () => {
    expect(oneLineName(sampleIssuer)).toBe(
      '/organizationIdentifier=TppSaltTest000/CN=certSIGNSALTTEST Web CA/O=SaltTest/C=RO',
    )
    expect(oneLineName(wide)).toBe(
      '/organizationIdentifier=PSDNO-FSA-123456/CN=\\xC3\\x85se, "quote" =eq #hash <a;b> \\ back/OU=multi+O=SaltTest/emailAddress=a@b.c/street=Gate 1/UID=u1/DC=no/L=Oslo/ST=Oslo/GN=Given/serialNumber=77/jurisdictionC=RO/C=NO',
    )
    expect(oneLineName([[attribute('2.5.4.11', 'slash/plus+')], [attribute('1.2.3', 'x')]])).toBe(
      '/OU=slash\\/plus\\+/1.2.3=x',
    )
  })

  it('as Java writes RFC 2253', () => {
    expect(rfc2253Name(wide)).toBe(
      'C=NO,1.3.6.1.4.1.311.60.2.1.3=#1302524f,2.5.4.5=#13023737,2.5.4.42=#0c05476976656e,ST=Oslo,L=Oslo,DC=no,UID=u1,STREET=Gate 1,1.2.840.113549.1.9.1=#16056140622e63,OU=multi+O=SaltTest,CN=Åse\\, \\"quote\\" \\=eq \\#hash \\<a\\;b\\> \\\\ back,2.5.4.97=#0c105053444e4f2d4653412d313233343536',
    )
    const spaces = [
      [attribute('2.5.4.3', '#lead')],
      [attribute('2.5.4.10', ' two  spaces  ')],
      [attribute('2.5.4.11', 'slash/plus+')],
    ]
    expect(rfc2253Name(spaces)).toBe('OU=slash/plus\\+,O=\\ two  spaces\\ \\ ,CN=\\#lead')
    expect(rfc2253Name([[{ oid: '2.5.4.3', value: null, der: Buffer.of(0x03, 2, 0, 1) }]])).toBe('CN=#03020001')
  })

  it('reads long values past their length', () => {
    const long = 'x'.repeat(200)
    const der = Buffer.from([0x0c, 0x81, 200, ...Buffer.from(long)])
    expect(oneLineName([[{ oid: '2.5.4.3', value: long, der }]])).toBe(`/CN=${long}`)
  })
})
