/** An IBAN in groups of four, as it is printed (ISO 13616); what is none stays as it is. */
export const groupedIban = (text: string): string =>
  /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(text) ? text.replace(/(.{4})(?=.)/g, '$1 ') : text
