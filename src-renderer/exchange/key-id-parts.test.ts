/** A keyId falls apart where its parts end, not where a value happens to hold a separator. */
import { describe, expect, it } from 'vitest'
import { keyIdParts } from './key-id-parts.ts'

describe('keyIdParts', () => {
  it('reads the one-line form of OpenSSL', () => {
    expect(keyIdParts('SN=4a1f,DN=/C=SE/O=Test A/S and sons/CN=QTSP Root')).toEqual({
      serial: '4a1f',
      label: 'DN',
      issuer: [
        ['C', 'SE'],
        ['O', 'Test A/S and sons'],
        ['CN', 'QTSP Root'],
      ],
    })
  })

  it('reads the form of RFC 2253, with commas inside values', () => {
    expect(keyIdParts(String.raw`SN=00FF,CA=CN=Root\, the first,O=Buypass AS,2.5.4.97=NTRNO-1`)?.issuer).toEqual([
      ['CN', String.raw`Root\, the first`],
      ['O', 'Buypass AS'],
      ['2.5.4.97', 'NTRNO-1'],
    ])
  })

  it('leaves another keyId whole', () => {
    expect(keyIdParts('https://tpp.example/key.pem')).toBeNull()
    expect(keyIdParts('SN=xyz,DN=/C=SE')).toBeNull()
  })
})
