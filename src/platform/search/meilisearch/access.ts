import { createHash } from 'node:crypto'
import { type KeyCreation, Meilisearch } from 'meilisearch'
import { codeOf, inPortTerms } from './failures.js'

/** All that the engine does on a server. */
const ACTIONS: KeyCreation['actions'] = [
  'search',
  ...(['documents.add', 'documents.get', 'documents.delete'] as const),
  ...(['indexes.create', 'indexes.get', 'indexes.delete', 'indexes.swap'] as const),
  ...(['settings.*', 'tasks.get'] as const),
]

/** What a server answers to whoever may not manage keys, or where nobody has to. */
const NO_MASTER = new Set(['invalid_api_key', 'missing_master_key', 'missing_authorization_header'])

/**
 * The key of the indexes whose names begin so, found or made; null where the client's own key may not manage keys, and is then used as
 * it is. The same master key always makes the same one.
 */
export async function ownKey(client: Meilisearch, prefix: string): Promise<string | null> {
  const uid = uidOf(prefix)
  try {
    return (await client.getKey(uid)).key
  } catch (error) {
    const code = codeOf(error)
    if (code !== undefined && NO_MASTER.has(code)) return null
    if (code !== 'api_key_not_found') throw error
  }
  const name = `Cau Noi So ${prefix}*`
  try {
    return (await client.createKey({ uid, name, actions: ACTIONS, indexes: [`${prefix}*`], expiresAt: null })).key
  } catch (error) {
    // Another instance may have made it meanwhile.
    if (codeOf(error) !== 'api_key_already_exists') throw error
    return (await client.getKey(uid)).key
  }
}

/** The same over a connection of its own. @throws {EngineUnavailable} when the server does not answer. */
export const restrictedKey = (server: {
  url: string
  key?: string | undefined
  prefix: string
}): Promise<string | null> =>
  inPortTerms(ownKey(new Meilisearch({ host: server.url, apiKey: server.key ?? '' }), server.prefix))

/** A UUID of version 4 in form; another one when other rights are needed, since those of a key never change. */
function uidOf(prefix: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([prefix, ACTIONS]))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
