/** Takes private keys out of PEM text, so that each part stands in the field that is cleared and masked for it. */

const keyBlock = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----\r?\n?/g

export function splitPem(text: string): { readonly certificates: string; readonly key: string } {
  const found = text.match(keyBlock) ?? []
  return { certificates: text.replace(keyBlock, ''), key: found.join('') }
}
