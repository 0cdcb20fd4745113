/** Which callbacks the bank registers: absolute, without fragment, https unless they stay on the customer's machine (RFC 8252). */

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]']

export const isLoopbackHttp = (url: URL): boolean => url.protocol === 'http:' && loopbackHosts.includes(url.hostname)

export function isCallbackUri(value: unknown): value is string {
  // The URL parser forgives backslashes, spaces and tabs; a registered callback is compared character by character.
  if (typeof value !== 'string' || /[\s\\#"<>]/.test(value) || !URL.canParse(value)) return false
  const url = new URL(value)
  if (url.username !== '' || url.password !== '') return false
  return (url.protocol === 'https:' && url.hostname !== '') || isLoopbackHttp(url)
}
