/** Words made of a row of the error table, for whoever shows it; the row's schema stays away from those. */
import type { ErrorRow } from './error-row.ts'

/** The causes of a row as one text. */
export const causeText = (row: Pick<ErrorRow, 'causes'>): string => row.causes.map((cause) => cause.text).join(' ')
