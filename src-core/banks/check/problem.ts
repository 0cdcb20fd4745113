/** One thing that is wrong in a bank folder: what it is and what to do about it, in which file, and where in that file. */
export interface Problem {
  readonly message: string
  /** Name of the file in the folder; null where the folder as a whole is meant. */
  readonly file: string | null
  /** JSON Pointer into the file, as `#/paths/~1accounts/get`; null where the whole file is meant. */
  readonly place: string | null
}
