import { ProductError, Unavailable } from '../../kernel/errors.js'
import { BadRequest, NotStored, PayloadTooLarge, UnsupportedMediaType } from './errors.js'

/** What the database driver calls its errors when no server can be reached. */
const DATABASE_AWAY =
  /^Mongo(ose)?(ServerSelection|Network|NetworkTimeout|PoolCleared|NotConnected|TopologyClosed)Error$/

/** MongoDB's OutOfDiskSpace and, of a disk that fails, OperationFailed. */
const DISK_FAILURES: readonly unknown[] = [14031, 96]

/** What Express, its body parsers and the database driver throw as the product's own error; null for what nobody foresaw. */
export function toProductError(error: unknown): ProductError | null {
  if (error instanceof ProductError) return error
  if (!(error instanceof Error)) return null
  if (DATABASE_AWAY.test(error.name)) return new Unavailable('database', error)
  const { status, type, code } = error as Error & { status?: unknown; type?: unknown; code?: unknown }
  if (error.name.startsWith('Mongo') && DISK_FAILURES.includes(code)) return new NotStored(error)
  if (status === 413) return new PayloadTooLarge(error)
  if (status === 415) return new UnsupportedMediaType(String(type))
  if (type === 'entity.parse.failed') return new BadRequest(error.message, 'malformedJson', error)
  if (status === 400) return new BadRequest(error.message, 'badRequest', error)
  return null
}
