/** Reads dropped or chosen files as PEM text; what cannot be one is named with its remedy. */

/** Bytes; the engine takes no longer text either. */
const largest = 1024 * 1024

const notPem = (name: string): string =>
  /\.(p12|pfx)$/i.test(name)
    ? `${name} is a PKCS#12 file. Turn it into PEM with: openssl pkcs12 -in ${name}`
    : `${name} holds no PEM text. Turn a DER certificate into PEM with: openssl x509 -inform der -in ${name}`

export async function readPemFiles(
  files: readonly File[],
): Promise<{ readonly text: string; readonly problem: string | null }> {
  const texts: string[] = []
  for (const file of files) {
    if (file.size > largest) return { text: '', problem: `${file.name} is larger than 1 MB: no certificate or key is.` }
    const text = await file.text().catch(() => null)
    if (text === null) return { text: '', problem: `${file.name} could not be read. Check its permissions.` }
    if (!text.includes('-----BEGIN ')) return { text: '', problem: notPem(file.name) }
    texts.push(text)
  }
  return { text: texts.join('\n'), problem: null }
}
