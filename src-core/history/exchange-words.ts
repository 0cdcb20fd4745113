/** The words by which an exchange is found, and how a search for them is asked; bodies are no part of it. */

/**
 * Whole words with their beginnings, not any three letters: measured at 100,000 exchanges that index is a third of the size,
 * and deleting from it for good takes a tenth of the time.
 */
export const createWords = `CREATE VIRTUAL TABLE exchange_words USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2', columnsize = 0);
  INSERT INTO exchange_words (exchange_words, rank) VALUES ('secure-delete', 1);`

export interface SearchedFacts {
  readonly id: string
  readonly requestId: string | null
  readonly url: string
  readonly bank: string
  readonly environment: string
  readonly operation: string
  readonly method: string
  readonly status: number | null
  readonly fault: string | null
  readonly identity: string | null
  /** Error ids, titles and codes, the identity's name, the grant. */
  readonly more: readonly (string | null)[]
}

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i

export function wordsOf(facts: SearchedFacts): string {
  const { id, requestId, url, bank, environment, operation, method, status, fault, identity, more } = facts
  return [
    id,
    requestId,
    // Every URL begins with it: as a word it finds everything and costs the most.
    url.replace(scheme, ''),
    bank,
    environment,
    operation,
    method,
    status,
    fault,
    identity,
    ...new Set(more),
  ]
    .filter((each) => each !== null && each !== '')
    .join('\n')
}

function isBeginning(word: string): boolean {
  const last = /[\p{L}\p{N}]+$/u.exec(word)?.[0] ?? ''
  return last.length >= (last.length === word.length ? 3 : 2)
}

/**
 * The query in the language of FTS5: every word must be there, each as a phrase of the parts it has. A short one is taken
 * whole: the words that begin with one or two characters are too many to be worth the wait.
 * @returns null when there is nothing to search for.
 */
export function wordsQuery(typed: string): string | null {
  const phrases = typed
    .split(/\s+/)
    .map((word) => word.replace(scheme, '').replaceAll('"', ' ').trim())
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `"${word}"${isBeginning(word) ? '*' : ''}`)
  return phrases.length === 0 ? null : phrases.join(' AND ')
}
