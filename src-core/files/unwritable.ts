/** Says in one sentence why a file of the data folder could not be written and what to do about it. */

import { Fault } from '#shared/fault.ts'

const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full. Free some space and try again',
  EDQUOT: 'the disk quota is used up. Free some space and try again',
  EFBIG: 'the system limits the size of files (ulimit -f). Raise the limit and try again',
  EROFS: 'the file system is read-only. Choose another data folder (TPP_HOME) or mount it writable',
  EACCES: 'the permissions forbid it. Give yourself write access to the folder or choose another one (TPP_HOME)',
  EPERM: 'the system forbids it, or another program holds the file open. Close it and try again',
  EBUSY: 'another program holds the file open. Close it and try again',
  ENOENT: 'the folder is gone. Create it again or choose another one (TPP_HOME)',
  ENOTDIR: 'its folder is a file. Move that file away or choose another folder (TPP_HOME)',
  EISDIR: 'a folder stands in its place. Move that folder away',
  ERR_SQLITE_ERROR: 'the lock file could not be opened. Check that its folder exists and can be written',
  EIO: 'the disk reported an error. Check the disk',
}

/** @param name file name without its folder: messages reach the window, where no path may. */
export function unwritable(name: string, cause: unknown): Fault {
  const code = (cause as NodeJS.ErrnoException).code ?? 'UNKNOWN'
  const reason = reasons[code] ?? `the system answered ${code}. Check the data folder`
  return new Fault('DATA_UNWRITABLE', `${name} was not written: ${reason}.`, { file: name, system: code }, cause)
}
