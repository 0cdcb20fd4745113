/** Transactions as a table for a spreadsheet (RFC 4180), in which no cell is taken for a formula. */
import type { Transaction } from './read-account.ts'

/** Without it a spreadsheet takes UTF-8 for the character set of the machine. */
const byteOrderMark = '\uFEFF'

/**
 * Where a formula could begin: at the start of a cell, and behind what some spreadsheet takes for the end of one. Where the
 * decimal sign is a comma they part cells at semicolons, then a quote inside a line is no quote and a line break ends the row.
 * The signs in full width are taken for formulas where Japanese is written.
 */
const formulaStart = /(^|[;|\t\r\n])(["'\s]*)(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g

/** A text in which a formula could begin gets an apostrophe there, by which spreadsheets know text (OWASP, CSV injection). */
export function csvCell(text: string): string {
  const begins = /^[\t\r\n]/.test(text) ? `'${text}` : text
  const safe = begins.replace(formulaStart, "$1$2'")
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const head = [
  'List',
  'Booking date',
  'Value date',
  'Direction',
  'Amount',
  'Currency',
  'Party',
  'Account of the party',
  'Text',
  'Transaction id',
]

/** The sign has a column of its own: with it an amount would either begin like a formula or be no number. */
function cells(row: Transaction): readonly string[] {
  const left = row.signed.startsWith('-')
  return [
    row.list,
    row.bookingDate,
    row.valueDate,
    left ? 'out' : 'in',
    left ? row.signed.slice(1) : row.signed,
    row.currency,
    row.party,
    row.partyAccount,
    row.text,
    row.id ?? '',
  ]
}

/** Yields wherever it may be interrupted. */
export function* transactionsCsv(rows: readonly Transaction[]): Generator<void, string> {
  const lines = [head.map(csvCell).join(',')]
  for (const [index, row] of rows.entries()) {
    lines.push(cells(row).map(csvCell).join(','))
    if (index % 256 === 0) yield
  }
  return `${byteOrderMark}${lines.join('\r\n')}\r\n`
}

/** A name every file system takes: letters of ASCII, digits, dot, hyphen and underscore, no leading dot. */
export function fileName(...parts: readonly string[]): string {
  const clean = parts
    .map((part) =>
      part
        .normalize('NFKD')
        .replace(/[^A-Za-z0-9_-]+/g, '-')
        .replace(/^-+|-+$/g, ''),
    )
    .filter((part) => part !== '')
  return `${clean.join('-').slice(0, 100) || 'transactions'}.csv`
}
