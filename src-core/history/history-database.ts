/** Holds the history database open: opens it with the first use, anew when its file was moved away, and puts a damaged one aside. */
import { Fault, isFault } from '#shared/fault.ts'
import { type HistoryPlace, inodeOf, type OpenHistory, openHistory } from './open-history.ts'
import { isDamage, putAside, resultCode, sqliteCorruptIndex } from './put-aside.ts'

export interface HistoryDatabase {
  /**
   * Damage is met by putting the database aside and doing the work once more on a new one.
   * @param reading what is there and nowhere else: then damage is DATA_DAMAGED.
   */
  use<Result>(work: (history: OpenHistory) => Result | Promise<Result>, reading?: boolean): Promise<Result>
  /** The same for what writes. @throws Fault DATA_NEWER */
  change<Result>(work: (history: OpenHistory) => Result | Promise<Result>): Promise<Result>
  /** Whether this is the database now. */
  isOpen(history: OpenHistory): boolean
  close(): void
}

const sqliteBusy = 5
const sqliteError = 1
const file = 'history.sqlite'

function databaseFault(cause: unknown, readOnly: Fault | null): Fault {
  if (isFault(cause)) return cause
  const message = (cause as Error)?.message ?? String(cause)
  // Another version's tables may have other columns.
  if (readOnly !== null && resultCode(cause) === sqliteError) return readOnly
  if ((resultCode(cause) & 0xff) === sqliteBusy) {
    const sentence = 'Another program holds the history database. Close it or wait, then try again.'
    return new Fault('BUSY', sentence, { file }, cause)
  }
  return new Fault(
    'DATA_UNWRITABLE',
    `The history could not be written or read: ${message}. Check free space and permissions of the data folder.`,
    { file },
    cause,
  )
}

const lost = (aside: string | null, cause: unknown): Fault =>
  new Fault(
    'DATA_DAMAGED',
    `The history database was damaged and was put aside${aside === null ? '' : ` as ${aside}`}; a new one was started. What it held can not be shown here.`,
    { file: aside ?? file },
    cause,
  )

/** The index of words can be made anew from what it was made of. @returns false when it cannot. */
function mendIndex({ database }: OpenHistory): boolean {
  try {
    database.exec("INSERT INTO exchange_words (exchange_words) VALUES ('rebuild')")
    return true
  } catch {
    return false
  }
}

interface HistoryEvents {
  /** Once per opening. */
  readonly opened: (history: OpenHistory) => void
  readonly now: () => number
}

export function createHistoryDatabase(place: HistoryPlace, events: HistoryEvents): HistoryDatabase {
  let opening: Promise<OpenHistory> | null = null
  let current: OpenHistory | null = null

  const close = (): void => {
    current = null
    void opening?.then(({ database }) => database.close()).catch(() => {})
    opening = null
  }
  const open = async (): Promise<OpenHistory> => {
    // Moved away under us: what would be written now would go with it.
    if (current !== null && inodeOf(place.file) !== current.inode) close()
    opening ??= openHistory(place).then(
      (history) => {
        current = history
        events.opened(history)
        return history
      },
      (error: unknown) => {
        // The next call tries again: the reason may be gone by then.
        opening = null
        throw error
      },
    )
    return opening
  }
  const attempt = async <Result>(
    work: (history: OpenHistory) => Result | Promise<Result>,
    mended: boolean,
  ): Promise<Result> => {
    const history = await open()
    try {
      return await work(history)
    } catch (error) {
      if (resultCode(error) !== sqliteCorruptIndex || mended || !mendIndex(history)) throw error
      return attempt(work, true)
    }
  }
  const use: HistoryDatabase['use'] = async (work, reading = false) => {
    const before = inodeOf(place.file)
    try {
      return await attempt(work, false)
    } catch (error) {
      if (!isDamage(error)) throw databaseFault(error, current?.readOnly ?? null)
      const inode = current?.inode ?? before
      close()
      try {
        const aside = await putAside(place, inode, events.now())
        if (reading) throw lost(aside, error)
        return await attempt(work, false)
      } catch (second) {
        throw databaseFault(second, null)
      }
    }
  }
  return {
    use,
    change: (work) =>
      use((history) => {
        if (history.readOnly !== null) throw history.readOnly
        return work(history)
      }),
    isOpen: (history) => current === history,
    close,
  }
}
