/** Codes of SQLite and of the operating system, by what is the matter with the disk. SQLite fails to grow its shared index with its own. */
const FULL = /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)$/
const READ_ONLY = /^(SQLITE_READONLY|EROFS)/

/** Why nothing can be written, of an error that SQLite or the file system has thrown; null where it is something else. */
export function diskTrouble(error: unknown): 'full' | 'readOnly' | null {
  const { code } = (error ?? {}) as { code?: unknown }
  if (FULL.test(String(code))) return 'full'
  return READ_ONLY.test(String(code)) ? 'readOnly' : null
}
