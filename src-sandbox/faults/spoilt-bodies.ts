/** Bodies that are not what they are said to be. */

/** A page as gateways send it; the script marks the document of whoever runs it. */
export const gatewayPage = (status: number): string =>
  `<!doctype html><html><head><title>${status}</title></head><body><h1>Something went wrong</h1><p>The gateway of the bank answered with status ${status}.</p><script>document.title = 'the script of a bank ran'</script></body></html>\n`

/** Puts bytes that are no UTF-8 (a lead byte without its continuation, and one that never occurs) into the first text. */
export function withInvalidUtf8(body: Buffer): Buffer {
  const wrong = Buffer.from([0xc3, 0x28, 0xff])
  const text = /:\s*"/.exec(body.toString('latin1'))
  const at = text ? text.index + text[0].length : body.length
  return Buffer.concat([body.subarray(0, at), wrong, body.subarray(at)])
}

function another(value: unknown): unknown {
  if (typeof value === 'string') return `${value} (again)`
  if (typeof value === 'number') return value + 1
  return typeof value === 'boolean' ? !value : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Readers that keep the first of two equal names and those that keep the last now differ. */
export function withDuplicateKeys(text: string): string {
  const value = parsed(text)
  const members =
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
      ? Object.entries(value)
      : [['value', value] as const]
  const twice = [...members, ...members.map(([name, one]) => [name, another(one)] as const)]
  return `{${twice.map(([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one)}`).join(',')}}`
}
