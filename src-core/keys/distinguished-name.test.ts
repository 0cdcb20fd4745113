import { describe, expect, it } from 'vitest'
import { encodeDer, objectIdentifier, readDer, sequence, utf8String } from './der.ts'
import { displayable, nameAttribute, nameToText } from './distinguished-name.ts'

const commonName = '2.5.4.3'
const pair = (oid: string, value: Buffer): Buffer => sequence(objectIdentifier(oid), value)
const name = (...relative: Buffer[][]) => readDer(sequence(...relative.map((pairs) => encodeDer(0x31, ...pairs))))
const simple = (text: string): string => nameToText(name([pair(commonName, utf8String(text))]))

describe('RFC 4514 names', () => {
  it('writes the examples of section 4', () => {
    const dc = (text: string) => [pair('0.9.2342.19200300.100.1.25', encodeDer(0x16, Buffer.from(text)))]
    const user = [pair('0.9.2342.19200300.100.1.1', utf8String('jsmith'))]
    expect(nameToText(name(dc('net'), dc('example'), user))).toBe('UID=jsmith,DC=example,DC=net')
    const both = [pair('2.5.4.11', utf8String('Sales')), pair(commonName, utf8String('J.  Smith'))]
    expect(nameToText(name(dc('net'), dc('example'), both))).toBe('OU=Sales+CN=J.  Smith,DC=example,DC=net')
    expect(simple('James "Jim" Smith, III')).toBe('CN=James \\"Jim\\" Smith\\, III')
    expect(simple('Before\rAfter')).toBe('CN=Before\\0dAfter')
    const unknown = [pair('1.3.6.1.4.1.1466.0', encodeDer(0x04, Buffer.from('Hi')))]
    expect(nameToText(name(unknown))).toBe('1.3.6.1.4.1.1466.0=#04024869')
  })

  it('escapes what section 2.4 names', () => {
    expect(simple(' #a+b;c<d>e\\f ')).toBe('CN=\\ #a\\+b\\;c\\<d\\>e\\\\f\\ ')
    expect(simple('#hash')).toBe('CN=\\#hash')
  })

  it('keeps UTF-8 and the organizationIdentifier readable', () => {
    const parts = [
      [pair('2.5.4.6', encodeDer(0x13, Buffer.from('SE')))],
      [pair('2.5.4.10', utf8String('Räksmörgås AB'))],
      [pair('2.5.4.97', utf8String('PSDSE-FINA-5560123456'))],
    ]
    expect(nameToText(name(...parts))).toBe('organizationIdentifier=PSDSE-FINA-5560123456,O=Räksmörgås AB,C=SE')
    expect(nameAttribute(name(...parts), '2.5.4.97')).toBe('PSDSE-FINA-5560123456')
    expect(nameAttribute(name(...parts), '2.5.4.3')).toBeNull()
  })

  it('lets nothing through that could forge what is shown', () => {
    expect(simple('a\u001b[31m\u202eb')).toBe('CN=a\\1b[31m\\e2\\80\\aeb')
    expect(displayable('a\u001b\u202eb')).toBe('a\ufffd\ufffdb')
  })

  it('writes a string that does not decode as hex', () => {
    expect(nameToText(name([pair(commonName, encodeDer(0x0c, Buffer.of(0xff)))]))).toBe('CN=#0c01ff')
  })

  it('shows an empty name as empty text', () => expect(nameToText(name())).toBe(''))
})
