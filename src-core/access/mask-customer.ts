/** Shortens what names a customer: enough to tell customers apart, too little to name one. */

export function maskText(value: string): string {
  const shown = Math.min(4, Math.floor(value.length / 3))
  return `${value.slice(0, shown)}${'•'.repeat(value.length - shown)}`
}

/** The first of the values a bank asks for; null where it asks for none. */
export function maskCustomer(customer: Readonly<Record<string, string>>): string | null {
  const [value] = Object.values(customer)
  return value === undefined ? null : maskText(value)
}
