/** Gives a text to the person as a download. */

/** Characters no file system minds; anything else becomes a hyphen. */
const cleanName = (name: string): string => name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'file'

/** @param type media type, such as `text/csv` */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = cleanName(name)
  link.click()
  // The download has begun by then; the page would keep the text until it is closed.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
