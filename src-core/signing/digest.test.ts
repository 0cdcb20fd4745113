import { describe, expect, it } from 'vitest'
import { digestOf } from './digest.ts'

describe('the Digest header', () => {
  it.each([
    // Appendix C of draft-cavage-http-signatures-10, and appendix B.2 of RFC 9421 for the longer hash.
    ['SHA-256', '{"hello": "world"}', 'X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE='],
    [
      'SHA-512',
      '{"hello": "world"}',
      'WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==',
    ],
    // What a bank's document prints for a call without a body, and what a body of two bytes gives instead.
    ['SHA-256', null, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
    ['SHA-256', '', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='],
    ['SHA-256', '{}', 'RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='],
    ['SHA-512', null, 'z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=='],
  ] as const)('%s of %j', (algorithm, body, value) => {
    expect(digestOf(algorithm, body === null ? null : Buffer.from(body))).toBe(`${algorithm}=${value}`)
  })

  it('is one of the bytes, not of what they mean', () => {
    expect(digestOf('SHA-256', Buffer.from('{ }'))).not.toBe(digestOf('SHA-256', Buffer.from('{}')))
    expect(digestOf('SHA-256', Buffer.of(0xff, 0xfe))).toBe('SHA-256=s9UQ7wQnXKjmmOWzy7Ds45Se+SUvDNyDnp7jR0CaIgk=')
  })
})
