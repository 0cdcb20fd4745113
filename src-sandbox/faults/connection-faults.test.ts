/** Each fault of a connection as a client on bare TLS meets it, and what of it others meet. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FaultBench, openFaultBench } from '#sandbox/testing/fault-bench.ts'

let at: FaultBench
beforeAll(async () => {
  at = await openFaultBench()
})
beforeEach(() => at.set())
afterAll(() => at.close())

describe('the server', () => {
  it('speaks TLS 1.1 only', async () => {
    await at.set({ fault: 'tls-1-1' })
    expect((await at.accounts()).ending).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')
    expect(await at.accounts({ minVersion: 'TLSv1.1' })).toMatchObject({ status: 200, protocol: 'TLSv1.1' })
  })

  it('shows the certificate of another host', async () => {
    await at.set({ fault: 'wrong-host-name' })
    expect((await at.accounts()).ending).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('shows an expired certificate', async () => {
    await at.set({ fault: 'expired-server-certificate' })
    expect((await at.accounts()).ending).toBe('CERT_HAS_EXPIRED')
  })
})

describe('the client certificate is refused', () => {
  it.each([
    ['unknown-ca', '1.3', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
    ['bad-certificate', '1.3', 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE'],
    ['certificate-expired', '1.3', 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED'],
    ['certificate-revoked', '1.3', 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REVOKED'],
    ['unknown-ca', '1.2', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
    ['certificate-expired', '1.2', 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED'],
  ])('with the alert %s under TLS %s', async (alert, version, code) => {
    await at.set({ fault: 'client-certificate-refused', parameters: { alert, version }, times: 1 })
    const answer = await at.accounts()
    expect(answer).toMatchObject({ ending: code, head: '' })
    // Under 1.3 the handshake is over for the client before it hears of it.
    expect(answer.protocol).toBe(version === '1.3' ? 'TLSv1.3' : null)
    expect((await at.accounts()).status).toBe(200)
  })

  it.each([
    ['1.3', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
    ['1.2', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'],
  ])('or missed, under TLS %s', async (version, code) => {
    await at.set({ fault: 'client-certificate-refused', parameters: { version } })
    expect((await at.accounts({}, null)).ending).toBe(code)
  })

  it('without a word', async () => {
    await at.set({ fault: 'client-certificate-refused', parameters: { alert: 'silent' } })
    expect((await at.accounts()).ending).toMatch(/^(ECONNRESET|end|closed)$/)
  })
})

describe('who meets it', () => {
  it('is everyone at that host, on new connections', async () => {
    const other = await at.bench.identity()
    await at.set({ fault: 'wrong-host-name', host: 'resource' })
    expect((await at.accounts({}, other)).ending).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
    const [entry] = await at.log()
    expect(entry).toMatchObject({ method: 'TLS', path: 'resource', status: 0, faults: ['wrong-host-name'] })
    expect((await at.raw('ica-oauth-token', { method: 'POST' })).status).toBe(401)
  })

  it('is an idle kept connection’s owner too: it is closed when the fault is set', async () => {
    const call = () => at.tpp.call('ica-accounts-list', { token: at.tokens.access })
    expect((await call()).status).toBe(200)
    await at.set({ fault: 'expired-server-certificate', times: 1 })
    await expect(call()).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' })
    expect((await call()).status).toBe(200)
  })

  it('is so many connections, where a number was given', async () => {
    await at.set({ fault: 'tls-1-1', times: 2 })
    const endings = [await at.accounts(), await at.accounts(), await at.accounts()].map(({ ending }) => ending)
    expect(endings.slice(0, 2)).toEqual(Array(2).fill('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'))
    expect(endings[2]).toBe('complete')
  })
})
