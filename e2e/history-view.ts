/** What a person does in History, and what a test puts there beforehand. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Locator, Page } from '@playwright/test'

export const table = (page: Page): Locator => page.getByRole('grid', { name: 'Exchanges' })
export const exchange = (page: Page): Locator => page.getByRole('region', { name: 'Exchange', exact: true })
export const comparison = (page: Page): Locator => page.getByRole('table', { name: 'Comparison' })
export const search = (page: Page): Locator => page.getByLabel('Search operation, URL, error')

/** The newest exchange of the operation. */
export const row = (page: Page, name: RegExp): Locator => table(page).getByRole('row', { name }).first()

/** Copies the oldest exchange `count` times, each copy older than the one before, as fast as SQLite goes. */
export function multiplyHistory(home: string, count: number): void {
  const database = new DatabaseSync(join(home, 'history.sqlite'), { timeout: 5000 })
  const columns = database
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all('exchange')
    .map(({ name }) => String(name))
  const copied: Record<string, string> = {
    position: 'position - n',
    id: "'copy-' || n",
    operation: "CASE n % 2 WHEN 0 THEN 'even-operation' ELSE 'odd-operation' END",
  }
  const numbers = `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${count})`
  const oldest = 'SELECT * FROM exchange ORDER BY position LIMIT 1'
  database.exec(
    `INSERT INTO exchange (${columns.join(', ')}) ${numbers}
     SELECT ${columns.map((name) => copied[name] ?? name).join(', ')} FROM (${oldest}) CROSS JOIN number`,
  )
  database.close()
}

/** Makes a page of the index over banks unreadable; the host must not be running. Met when a bank is searched for. */
export function damageIndex(home: string): void {
  const file = join(home, 'history.sqlite')
  const database = new DatabaseSync(file)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const { rootpage } = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'exchange_bank'").get() as {
    rootpage: number
  }
  const { page_size: size } = database.prepare('PRAGMA page_size').get() as { page_size: number }
  database.close()
  const bytes = readFileSync(file)
  bytes.fill(0xaa, (rootpage - 1) * size, rootpage * size)
  writeFileSync(file, bytes)
}
