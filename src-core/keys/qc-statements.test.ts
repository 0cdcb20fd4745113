import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roleSchema } from '#shared/contract/keys.ts'
import { authorityOf } from './authorities.ts'
import { encodeDer, objectIdentifier, sequence, utf8String } from './der.ts'
import { decodeQcStatements, encodeQcStatements } from './qc-statements.ts'

const finansinspektionen = { id: 'SE-FINA', name: 'Swedish Financial Supervisory Authority' }
const complete = encodeQcStatements({ kind: 'QWAC', roles: ['PSP_PI', 'PSP_AI'], authority: finansinspektionen })
const ids = (found: ReturnType<typeof decodeQcStatements>) => found.warnings.map(({ id }) => id)

const type = sequence(objectIdentifier('0.4.0.1862.1.6'), sequence(objectIdentifier('0.4.0.1862.1.6.3')))
const psd2 = (...info: Buffer[]) => sequence(type, sequence(objectIdentifier('0.4.0.19495.2'), sequence(...info)))
const oid = (last: number) => objectIdentifier(`0.4.0.19495.1.${last}`)
const authority = [utf8String('Finansinspektionen'), utf8String('SE-FINA')]

describe('QCStatements as the standards have them', () => {
  it('are, byte for byte, what the ASN.1 of EN 319 412-5 and TS 119 495 gives', () => {
    const one = encodeQcStatements({ kind: 'QSEAL', roles: ['PSP_AI'], authority: { id: 'SE-FINA', name: 'FI' } })
    const compliance = '3008 0606 04008e460101'
    const seal = '3013 0606 04008e460106 3009 0607 04008e46010602'
    const roles = '3013 3011 0607 04008198270103 0c06 5053505f4149'
    const psd2Statement = `302c 0606 040081982702 3022 ${roles} 0c02 4649 0c07 53452d46494e41`
    expect(one.toString('hex')).toBe(`304d${compliance}${seal}${psd2Statement}`.replaceAll(' ', ''))
  })

  it('come back as they were written, for every combination', () => {
    const roles = fc.uniqueArray(fc.constantFrom(...roleSchema.options), { minLength: 1 })
    fc.assert(
      fc.property(
        fc.constantFrom('QWAC', 'QSEAL'),
        roles,
        fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
        (kind, wanted, name) => {
          const found = decodeQcStatements(
            encodeQcStatements({ kind, roles: wanted, authority: { id: 'SE-FINA', name } }),
          )
          expect(found).toEqual({ kind, roles: wanted, authority: { id: 'SE-FINA', name }, warnings: [] })
        },
      ),
    )
  })
})

describe('QCStatements found in the wild', () => {
  it('may be absent', () => expect(ids(decodeQcStatements(null))).toEqual(['no-qc-statements']))

  it('flatten the roles into one sequence', () => {
    const flat = sequence(oid(2), utf8String('PSP_PI'), oid(3), utf8String('PSP_AI'))
    const found = decodeQcStatements(psd2(flat, ...authority))
    expect(found).toMatchObject({ roles: ['PSP_PI', 'PSP_AI'], authority: { id: 'SE-FINA' } })
    expect(ids(found)).toEqual(['roles-flat'])
  })

  it('name roles in prose', () => {
    const prose = sequence(sequence(oid(3), utf8String('Account Information')))
    const found = decodeQcStatements(psd2(prose, ...authority))
    expect(found.roles).toEqual(['PSP_AI'])
    expect(found.warnings).toEqual([{ id: 'role-names', message: expect.stringContaining('"Account Information"') }])
  })

  it('name roles without their OIDs', () => {
    const found = decodeQcStatements(psd2(sequence(sequence(utf8String('PSP_PI'))), ...authority))
    expect(found.roles).toEqual(['PSP_PI'])
    expect(ids(found)).toEqual(['role-names'])
  })

  it('carry role OIDs of their own', () => {
    const found = decodeQcStatements(
      psd2(sequence(sequence(objectIdentifier('1.2.3.4'), utf8String('PSP_XX'))), ...authority),
    )
    expect(found.roles).toEqual([])
    expect(ids(found)).toEqual(['role-unknown', 'role-names', 'roles-missing'])
    expect(found.warnings[0]?.message).toContain('1.2.3.4')
  })

  it('put an empty UTF8String into QcCompliance', () => {
    const compliance = sequence(objectIdentifier('0.4.0.1862.1.1'), utf8String(''))
    const found = decodeQcStatements(sequence(compliance, type))
    expect(found.kind).toBe('QWAC')
    expect(ids(found)).toEqual(['qc-compliance-unusual', 'psd2-statement-missing'])
  })

  it('leave out the authority, or half of it', () => {
    const roles = sequence(sequence(oid(1), utf8String('PSP_AS')))
    const authorityIn = (...rest: Buffer[]) => decodeQcStatements(psd2(roles, ...rest))
    expect(authorityIn()).toMatchObject({ authority: null, warnings: [{ id: 'authority-missing' }] })
    expect(authorityIn(utf8String(''), utf8String(''))).toMatchObject({ authority: null })
    expect(authorityIn(utf8String('SE-FINA'))).toMatchObject({ authority: { id: 'SE-FINA', name: '' } })
    expect(authorityIn(utf8String('C=FI - usage strictly for tests'))).toMatchObject({ authority: { id: '' } })
  })

  it('have no PSD2 statement, or one without content', () => {
    expect(ids(decodeQcStatements(sequence(type)))).toEqual(['psd2-statement-missing'])
    const empty = sequence(type, sequence(objectIdentifier('0.4.0.19495.2')))
    expect(ids(decodeQcStatements(empty))).toEqual(['psd2-statement-missing'])
    expect(ids(decodeQcStatements(psd2()))).toEqual(['authority-missing', 'roles-missing'])
    expect(ids(decodeQcStatements(sequence()))).toContain('qc-type-missing')
  })

  it('nest deeper than any real one without harm', () => {
    let deep: Buffer = utf8String('PSP_AI')
    for (let i = 0; i < 5000; i++) deep = encodeDer(0x30, deep)
    expect(ids(decodeQcStatements(psd2(deep, ...authority)))).toContain('roles-missing')
  })

  it('are random bytes, cut off or have flipped bits: shown as unreadable, never a crash', () => {
    const random = fc.uint8Array({ maxLength: 300 })
    const cut = fc.nat(complete.length).map((length) => complete.subarray(0, length))
    const flips = fc.array(fc.nat(complete.length * 8 - 1), { minLength: 1, maxLength: 6 })
    const flipped = flips.map((bits) => {
      const bytes = Buffer.from(complete)
      for (const bit of bits) bytes[bit >> 3] = bytes[bit >> 3]! ^ (1 << (bit & 7))
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(random, cut, flipped), (bytes) => {
        const found = decodeQcStatements(bytes)
        expect(JSON.parse(JSON.stringify(found))).toEqual(found)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('authorities', () => {
  it.each([
    ['PSDSE-FINA-5560123456', finansinspektionen],
    ['PSDDE-BAFIN-123456', { id: 'DE-BAFIN', name: 'Federal Financial Supervisory Authority' }],
    ['PSDXX-NEWNCA-1', { id: 'XX-NEWNCA', name: 'XX-NEWNCA' }],
    ['NTRFI-1234567', { id: 'FI-FINFSA', name: 'Finnish Financial Supervisory Authority' }],
    ['VATZZ-1', { id: 'ZZ-NCA', name: 'ZZ-NCA' }],
    ['nonsense', { id: '-NCA', name: '-NCA' }],
  ])('%s', (identifier, wanted) => expect(authorityOf(identifier)).toEqual(wanted))
})
