/** Whether a text is JSON (RFC 8259); its value is not wanted. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
