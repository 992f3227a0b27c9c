import { MeilisearchApiError, type Task } from 'meilisearch'
import { EngineUnavailable } from '../port.js'

/** A task that ended otherwise than well because of what it was given. */
export class TaskFailed extends Error {
  override readonly name = 'TaskFailed'
}

/** The client's own word for an answer of the server, `index_not_found` …; undefined where there was no answer. */
export const codeOf = (error: unknown) => (error instanceof MeilisearchApiError ? error.cause?.code : undefined)

/** Not let in, asked too often, or failing: nothing is wrong with the request. */
const AWAY = new Set([401, 403, 408, 429])

/** What the port calls it when the server cannot be used for now; any other failure stays as it is. */
export async function inPortTerms<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw inTermsOfThePort(error)
  }
}

/** No answer, none in time, one that is no JSON (of a proxy before the server), or one that has to do with the server's own state. */
function inTermsOfThePort(error: unknown): unknown {
  if (error instanceof EngineUnavailable || error instanceof TaskFailed) return error
  if (error instanceof MeilisearchApiError) {
    const { status } = error.response
    // An index that was there and is gone is set up again.
    const away = status >= 500 || AWAY.has(status) || codeOf(error) === 'index_not_found'
    return away ? unavailable(error) : error
  }
  const named = error instanceof Error ? error.name : ''
  return named.startsWith('Meilisearch') || error instanceof SyntaxError ? unavailable(error) : error
}

const unavailable = (error: unknown) =>
  new EngineUnavailable(`Meilisearch cannot be used: ${error instanceof Error ? error.message : error}`, {
    cause: error,
  })

/** Raises a task's failure. The server calls a refusal `invalid_request`; a full disk or a fault of its own is something else. */
export function raise({ type, indexUid, status, error }: Task): never {
  const text = `${type} of ${indexUid} ${status}: ${error?.message ?? 'no reason given'}`
  const refused = error?.type === 'invalid_request' && error.code !== 'index_not_found'
  throw refused ? new TaskFailed(text) : new EngineUnavailable(text)
}
