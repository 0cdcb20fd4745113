import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFault } from '#shared/fault.ts'
import {
  childrenOf,
  encodeDer,
  objectIdentifier,
  objectIdentifierOf,
  readDer,
  sequence,
  textOf,
  utf8String,
} from './der.ts'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')

describe('DER', () => {
  it('writes object identifiers as X.690 section 8.19.5 and RFC 5280 have them', () => {
    // X.690's own example, {2 100 3}; qcStatements; the PSD2 statement.
    expect(objectIdentifier('2.100.3').toString('hex')).toBe('0603813403')
    expect(objectIdentifier('1.3.6.1.5.5.7.1.3').toString('hex')).toBe('06082b06010505070103')
    expect(objectIdentifier('0.4.0.19495.2').toString('hex')).toBe('0606040081982702')
  })

  it('reads back every object identifier it writes', () => {
    const arc = fc.integer({ min: 0, max: 2 ** 40 })
    const under2 = fc.tuple(fc.constant(2), arc)
    const top = fc.oneof(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 39 })), under2)
    fc.assert(
      fc.property(top, fc.array(arc, { maxLength: 8 }), (first, rest) => {
        const dotted = [...first, ...rest].join('.')
        expect(objectIdentifierOf(readDer(objectIdentifier(dotted)))).toBe(dotted)
      }),
    )
  })

  it.each([0, 1, 127, 128, 255, 256, 70_000])('writes and reads a length of %i', (length) => {
    const encoded = encodeDer(0x04, Buffer.alloc(length, 7))
    expect(readDer(Buffer.concat([encoded, Buffer.of(1, 2, 3)])).content).toHaveLength(length)
  })

  it('reads the string types certificates use', () => {
    const texts = ['0c04 c3a9 c3a5', '1302 4142', '1602 6140', '1402 e9e5', '1e04 00e9 0141', '1c04 0001f600']
    expect(texts.map((text) => textOf(readDer(hex(text))))).toEqual(['éå', 'AB', 'a@', 'éå', 'éŁ', '😀'])
    expect(textOf(readDer(hex('0c01 ff')))).toBeNull()
    expect(textOf(readDer(hex('1e01 00')))).toBeNull()
    expect(textOf(readDer(hex('1c04 00110000')))).toBeNull()
    expect(textOf(readDer(hex('0201 05')))).toBeNull()
  })

  it.each(['', '30', '30 80 0000', '30 85 0000000001 00', '30 05 0c01 41', '1f 01 00', '30 82 01'])(
    'refuses %j',
    (bytes) => expect(() => readDer(hex(bytes))).toThrow(expect.objectContaining({ code: 'CERTIFICATE_UNREADABLE' })),
  )

  it('throws nothing but Fault, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          const node = readDer(bytes)
          textOf(node)
          objectIdentifierOf(node)
          childrenOf(node)
        } catch (error) {
          expect(isFault(error)).toBe(true)
        }
      }),
    )
  })

  it('keeps what is nested', () => {
    const [first, second] = childrenOf(readDer(sequence(utf8String('a'), sequence(utf8String('b')))))
    expect(textOf(first!)).toBe('a')
    expect(textOf(childrenOf(second!)[0]!)).toBe('b')
  })
})
