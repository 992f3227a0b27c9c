import type { Embed } from './endpoint.js'
import { hashOf, toBeSent } from './sent-text.rules.js'
import { cosine, inBytes, standingOut } from './vector.rules.js'
import type { VectorRepository } from './vectors.repository.js'

export interface NearnessDeps {
  embed: Embed
  model: string
  vectors: Pick<VectorRepository, 'of'>
  /** How long a need waits for its vector. */
  timeoutMs?: number
}

/** By firm, how far it stands out by nearness in meaning, 0 to 1; firms without a vector are missing. */
export type Nearnesses = ReadonlyMap<string, number>

/** How near in meaning firms are to a need. An endpoint that fails or is slow fails nothing: nobody is near to anything then. */
export interface MeaningNearness {
  /** Asks what a need means, unless it is remembered; resolves when that is known, or will not be in time. */
  prepare(need: string): Promise<void>
  /** By what is known of the need; never asks the endpoint. */
  of(need: string, firms: readonly string[]): Promise<Nearnesses>
}

/** A reader waits for it. */
export const NEED_WAITS_MS = 400
/** Of needs asked of last, so many vectors are remembered: a reader who puts his chips right asks the same again. In memory alone. */
const REMEMBERED = 500

const NONE: Nearnesses = new Map()

export function meaningNearness({ embed, model, vectors, timeoutMs = NEED_WAITS_MS }: NearnessDeps): MeaningNearness {
  /** By hash: nobody's words are kept. */
  const remembered = new Map<string, Int8Array>()

  const ask = async (text: string, key: string): Promise<void> => {
    const [made] = await embed([text], timeoutMs)
    const [oldest] = remembered.keys()
    if (oldest !== undefined && remembered.size >= REMEMBERED) remembered.delete(oldest)
    if (made) remembered.set(key, inBytes(made))
  }

  return {
    prepare: async (need) => {
      const text = toBeSent(need)
      const key = hashOf(text)
      // Failures are told where the endpoint is left alone, once, and not for each need.
      if (text && !remembered.has(key)) await ask(text, key).catch(() => {})
    },
    of: async (need, firms) => {
      const meant = remembered.get(hashOf(toBeSent(need)))
      if (!meant || firms.length === 0) return NONE
      const theirs = await vectors.of(model, firms)
      // Of another number of dimensions: the model has changed under the same name, and cosines would mean nothing.
      const alike = [...theirs].filter(([, vector]) => vector.length === meant.length)
      return standingOut(new Map(alike.map(([id, vector]) => [id, cosine(meant, vector)])))
    },
  }
}
