/** The fields an import is typed into: they alone hold what was typed, and only until it is sent. */
import { splitPem } from './split-pem.ts'

type TextField = HTMLInputElement | HTMLTextAreaElement

function field(form: HTMLFormElement, name: string): TextField {
  return form.elements.namedItem(name) as TextField
}

/** Puts PEM text where it belongs: keys into the masked field. */
export function addPem(form: HTMLFormElement, text: string): void {
  const { certificates, key } = splitPem(text)
  const join = (name: string, more: string) => {
    const target = field(form, name)
    if (more.trim() !== '')
      target.value = [target.value.trim(), more.trim(), ''].filter((part, at) => at > 1 || part).join('\n')
  }
  join('certificates', certificates)
  join('key', key)
}

/** Moves keys that were pasted among the certificates. */
export function separateKeys(form: HTMLFormElement): void {
  const { certificates, key } = splitPem(field(form, 'certificates').value)
  if (key === '') return
  field(form, 'certificates').value = certificates
  addPem(form, key)
}

/** Why sending would be in vain; null when nothing speaks against it. */
export function missingField(form: HTMLFormElement): { readonly field: string; readonly message: string } | null {
  if (field(form, 'name').value.trim() === '') return { field: 'name', message: 'Give the identity a name.' }
  if (field(form, 'certificates').value.trim() === '')
    return { field: 'certificates', message: 'Paste the certificate, or drop its file here.' }
  const key = field(form, 'key').value
  if (key.trim() === '') return { field: 'key', message: 'Paste the private key, or drop its file here.' }
  if (/ENCRYPTED/.test(key) && field(form, 'passphrase').value === '')
    return { field: 'passphrase', message: 'The key is encrypted: give its passphrase.' }
  return null
}

export interface TakenInput {
  readonly name: string
  readonly certificates: string
  readonly key: string
  readonly passphrase?: string
}

/** Reads the fields and empties them. The name stays: it is no secret and is wanted again after a failure. */
export function takeFields(form: HTMLFormElement): TakenInput {
  const [certificates, key, passphrase] = (['certificates', 'key', 'passphrase'] as const).map((name) => {
    const target = field(form, name)
    const { value } = target
    target.value = ''
    return value
  }) as [string, string, string]
  return { name: field(form, 'name').value, certificates, key, ...(passphrase === '' ? {} : { passphrase }) }
}
