import { describe, expect, it } from 'vitest'
import * as x509 from '#sandbox/pki/x509.ts'
import { commaForm, isOneLineForm, nameFromDer, parseCommaForm, sameName } from './distinguished-name.ts'

const named = (name: x509.JsonName) => nameFromDer(Buffer.from(new x509.Name(name).toArrayBuffer()))

const ca = named([
  { C: ['NO'] },
  { O: ['Sjø, Fisk/CN=Alt AS'] },
  { '2.5.4.97': ['PSDNO-FSA-1'] },
  { CN: ['Ålesund CA'] },
])
/** UTF8String "PSDNO-FSA-1". */
const hex = '#0c0b5053444e4f2d4653412d31'

describe('RFC 2253', () => {
  it.each([
    'CN=Ålesund CA,2.5.4.97=PSDNO-FSA-1,O=Sjø\\, Fisk/CN=Alt AS,C=NO',
    `CN=Ålesund CA,2.5.4.97=${hex},O=Sjø\\, Fisk/CN=Alt AS,C=NO`,
    `cn=ålesund  ca , OID.2.5.4.97=${hex.toUpperCase().replace('#0C', '#0c')}, O=Sj\\C3\\B8\\2C Fisk/CN=Alt AS, c=no`,
    '2.5.4.3=\\C3\\85lesund CA;organizationIdentifier=PSDNO-FSA-1;organizationName=Sjø\\, Fisk/CN=Alt AS;countryName=NO',
  ])('%s is the same name', (text) => {
    const parsed = parseCommaForm(text)
    expect(parsed && sameName(parsed, ca)).toBe(true)
  })

  it.each([
    ['in certificate order', 'C=NO,O=Sjø\\, Fisk/CN=Alt AS,2.5.4.97=PSDNO-FSA-1,CN=Ålesund CA'],
    ['without a part', 'CN=Ålesund CA,O=Sjø\\, Fisk/CN=Alt AS,C=NO'],
    ['with another letter', 'CN=Alesund CA,2.5.4.97=PSDNO-FSA-1,O=Sjø\\, Fisk/CN=Alt AS,C=NO'],
  ])('%s it is another name', (_name, text) => {
    const parsed = parseCommaForm(text)
    expect(parsed && sameName(parsed, ca)).toBe(false)
  })

  it.each(['', 'Ålesund CA', 'CN=x,Sjø=1', 'CN=#0c0', 'CN=#0c05ab', 'CN=x\\'])('%j is no name', (text) => {
    expect(parseCommaForm(text)).toBeNull()
  })

  it('reads several attributes in one part, in any order', () => {
    const two = named([{ C: ['NO'] }, { CN: ['x'], O: ['y'] }])
    const parsed = parseCommaForm('O=y+CN=x,C=NO')
    expect(parsed && sameName(parsed, two)).toBe(true)
  })

  it('is written back as it is read', () => {
    expect(commaForm(ca)).toBe('CN=Ålesund CA,organizationIdentifier=PSDNO-FSA-1,O=Sjø\\, Fisk/CN=Alt AS,C=NO')
  })
})

describe("OpenSSL's one-line form", () => {
  it.each([
    ['/C=NO/O=Sjø, Fisk/CN=Alt AS/organizationIdentifier=PSDNO-FSA-1/CN=Ålesund CA', true],
    ['/C=NO/O=Sj\\xC3\\xB8, Fisk/CN=Alt AS/2.5.4.97=PSDNO-FSA-1/CN=\\xC3\\x85lesund CA', true],
    ['/c=no/o=SJØ,  Fisk/CN=Alt AS/organizationIdentifier=PSDNO-FSA-1/CN=Ålesund CA', true],
    ['/CN=Ålesund CA/organizationIdentifier=PSDNO-FSA-1/O=Sjø, Fisk/CN=Alt AS/C=NO', false],
    ['/C=NO/O=Sjø, Fisk/CN=Alt AS/organizationIdentifier=PSDNO-FSA-1/CN=Ålesund CA/CN=x', false],
    ['/C=NO/O=Sjø, Fisk', false],
    ['', false],
  ])('%s: %s', (text, same) => {
    expect(isOneLineForm(text, ca)).toBe(same)
  })
})
