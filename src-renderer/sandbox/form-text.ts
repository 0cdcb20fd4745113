/** Reads the fields of a form as text. */

/** Without blanks around it; empty where the form has no such field. */
export function formText(data: FormData, name: string): string {
  const value = data.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
