import { createPublicKey, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Received } from '#sandbox/net/answer.ts'
import { readable, signingStringOf } from './signing-string.ts'

/** draft-cavage-http-signatures-10, appendix C. */
const key = createPublicKey(`-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----`)

const request: Received = {
  method: 'POST',
  path: '/foo',
  target: '/foo?param=value&pet=dog',
  query: new URLSearchParams('param=value&pet=dog'),
  headers: {
    host: 'example.com',
    date: 'Sun, 05 Jan 2014 21:31:40 GMT',
    'content-type': 'application/json',
    digest: 'SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=',
    'content-length': '18',
  },
  body: Buffer.from('{"hello": "world"}'),
}

const vectors = {
  date: 'SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM=',
  '(request-target) host date':
    'qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=',
  '(request-target) host date content-type digest content-length':
    'vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=',
}

it.each(Object.entries(vectors))('over %s is what the draft signed', (names, signature) => {
  const line = signingStringOf(request, names.split(' '))
  const text = 'text' in line ? line.text : ''
  expect(verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64'))).toBe(true)
})

it('names a header that is listed and not there', () => {
  expect(signingStringOf(request, ['date', 'psu-id'])).toEqual({ absent: 'psu-id' })
})

it('keeps bytes outside ASCII, and shows them as letters', () => {
  const headers = { 'psu-id': Buffer.from('Åse').toString('latin1') }
  const line = signingStringOf({ ...request, headers }, ['psu-id'])
  expect(line).toEqual({ text: 'psu-id: Ã\x85se' })
  expect(readable('psu-id: Ã\x85se')).toBe('psu-id: Åse')
})
