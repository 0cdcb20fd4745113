/** Error rows as the contract shows them. */

import { causeText } from '#shared/cause-text.ts'
import type { ErrorView } from '#shared/contract/banks.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import { errorText } from '#shared/error-text.ts'
import { errorTopics, evidenceNames } from '#shared/error-words.ts'
import type { Bank } from './bank.ts'

function reproduceView(reproduce: ErrorRow['reproduce']): ErrorView['reproduce'] {
  const { operation } = reproduce
  const recipe = reproduce.recipe !== undefined
  if (!('mutation' in reproduce)) return { operation, kind: 'switch', how: reproduce.switch, recipe }
  const needs = 'switch' in reproduce ? { needs: reproduce.switch } : {}
  return { operation, kind: 'mistake', how: reproduce.mutation, ...needs, recipe }
}

function errorView(bank: Bank, row: ErrorRow): ErrorView {
  const { id, area, http, code, title, detail, fix, topic, operations, reproduce } = row
  return {
    id,
    bank: bank.id,
    area,
    http,
    code,
    title,
    detail,
    cause: causeText(row),
    fix,
    topic: topic === undefined ? null : { id: topic, title: errorTopics[topic] },
    meaning: row.meaning ?? null,
    causes: row.causes.map(({ text, evidence }) => ({ text, evidence: evidence.map((name) => evidenceNames[name]) })),
    operations,
    reproduce: reproduceView(reproduce),
    duplicateOf: row.duplicateOf ?? null,
    note: row.note ?? null,
    source: row['x-tpp-source'] ?? null,
  }
}

/** Rows that hold every word in some field, upper and lower case alike. */
export function searchErrors(banks: readonly Bank[], words: readonly string[]): ErrorView[] {
  const needles = words.map((word) => word.toLowerCase())
  return banks.flatMap((bank) =>
    bank.errors
      .map((row) => errorView(bank, row))
      .filter((view) => {
        const hay = `${bank.name.toLowerCase()}\n${errorText(view)}`
        return needles.every((needle) => hay.includes(needle))
      }),
  )
}
