/** Gives a person a text as a file, through the browser's own download. */

/** @param type media type, such as `application/json`. */
export function saveText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; the page would keep the text until it is closed.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
