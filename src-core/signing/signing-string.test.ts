import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Header, SigningRequest } from './signing-scheme.ts'
import { signingString } from './signing-string.ts'
import { verifyHttpSignature } from './testing/verify-signature.ts'

describe('draft-cavage-http-signatures-10, appendix C', () => {
  const key = createPrivateKey(`-----BEGIN RSA PRIVATE KEY-----
MIICXgIBAAKBgQDCFENGw33yGihy92pDjZQhl0C36rPJj+CvfSC8+q28hxA161QF
NUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6Z4UMR7EOcpfdUE9Hf3m/hs+F
UR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJwoYi+1hqp1fIekaxsyQIDAQAB
AoGBAJR8ZkCUvx5kzv+utdl7T5MnordT1TvoXXJGXK7ZZ+UuvMNUCdN2QPc4sBiA
QWvLw1cSKt5DsKZ8UETpYPy8pPYnnDEz2dDYiaew9+xEpubyeW2oH4Zx71wqBtOK
kqwrXa/pzdpiucRRjk6vE6YY7EBBs/g7uanVpGibOVAEsqH1AkEA7DkjVH28WDUg
f1nqvfn2Kj6CT7nIcE3jGJsZZ7zlZmBmHFDONMLUrXR/Zm3pR5m0tCmBqa5RK95u
412jt1dPIwJBANJT3v8pnkth48bQo/fKel6uEYyboRtA5/uHuHkZ6FQF7OUkGogc
mSJluOdc5t6hI1VsLn0QZEjQZMEOWr+wKSMCQQCC4kXJEsHAve77oP6HtG/IiEn7
kpyUXRNvFsDE0czpJJBvL/aRFUJxuRK91jhjC68sA7NsKMGg5OXb5I5Jj36xAkEA
gIT7aFOYBFwGgQAQkWNKLvySgKbAZRTeLBacpHMuQdl1DfdntvAyqpAZ0lY0RKmW
G6aFKaqQfOXKCyWoUiVknQJAXrlgySFci/2ueKlIE1QqIiLSZ8V8OlpFLRnb1pzI
7U1yQXnTAEFYM560yJlzUpOb1V4cScGd365tiSMvxLOvTA==
-----END RSA PRIVATE KEY-----`)
  const request: SigningRequest = {
    method: 'POST',
    url: new URL('https://example.com/foo?param=value&pet=dog'),
    headers: [
      ['Host', 'example.com'],
      ['Date', 'Sun, 05 Jan 2014 21:31:40 GMT'],
      ['Content-Type', 'application/json'],
      ['Digest', 'SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE='],
      ['Content-Length', '18'],
    ],
    body: Buffer.from('{"hello": "world"}'),
  }
  // Later drafts list (created) and (expires) in C.3 too, but print the signature made without them.
  it.each([
    [
      'C.1',
      'date',
      'SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLEEaDV5lp7q25WqS+lavg7T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe5WozsbM=',
    ],
    [
      'C.2',
      '(request-target) host date',
      'qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2iicw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04swr2Os0=',
    ],
    [
      'C.3',
      '(request-target) host date content-type digest content-length',
      'vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE=',
    ],
  ])('%s: the signing string is the one that was signed', (_, names, published) => {
    const text = Buffer.from(signingString(names.split(' '), request))
    expect(sign('sha256', text, key).toString('base64')).toBe(published)
    expect(verify('sha256', text, createPublicKey(key), Buffer.from(published, 'base64'))).toBe(true)
    const others = `keyId="Test",algorithm="rsa-sha256",headers="${names}",signature="${published}"`
    const arrived = {
      ...request,
      target: '/foo?param=value&pet=dog',
      headers: [...request.headers, ['Signature', others]] as Header[],
      body: Buffer.from(request.body!),
    }
    expect(verifyHttpSignature(arrived, createPublicKey(key), names.split(' '))).toBe(true)
  })
})

describe('a line of the signing string', () => {
  const request = { method: 'GET', url: new URL('https://bank.example:8443/a%20b?c=d'), body: null }
  it.each<[string, string, Header[]]>([
    [
      'joins headers of one name',
      'x: a, b',
      [
        ['X', 'a'],
        ['y', '1'],
        ['x', 'b'],
      ],
    ],
    ['leaves outer white space out and inner in', 'x: a \t b', [['x', ' \ta \t b\t ']]],
    ['has a space also before nothing', 'x: ', [['x', '']]],
    ['takes a host that is not among the headers from the URL', 'host: bank.example:8443', []],
    ['takes the request target from the URL', '(request-target): get /a%20b?c=d', []],
  ])('%s', (_, line, headers) => {
    expect(signingString([line.slice(0, line.indexOf(':'))], { ...request, headers })).toBe(line)
  })
})
