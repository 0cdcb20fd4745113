/** Says what was deleted from the history, and what could not be. */
import { exchangesCount } from './exchanges-count.ts'

export interface Deleted {
  readonly deleted: number
  readonly unknown: readonly string[]
  readonly files: readonly string[]
  readonly cleared: boolean
}

export function deletedWords({ deleted, unknown, files, cleared }: Deleted): { title: string; text?: string } {
  const sentences = [
    ...(unknown.length === 0 ? [] : [`${exchangesCount(unknown.length)} had gone before.`]),
    ...(files.length === 0 ? [] : [`Deleted with them: ${files.join(', ')}.`]),
    ...(cleared
      ? []
      : ['Another program reads the database: what is left of them on disk is cleared with its next use.']),
  ]
  const title = `${exchangesCount(deleted)} deleted`
  return sentences.length === 0 ? { title } : { title, text: sentences.join(' ') }
}
