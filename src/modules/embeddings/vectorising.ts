import type { Follower } from '../../platform/records/follower.js'
import { followChanges } from '../../platform/records/follower.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import type { SearchDocument } from '../../platform/search/index.js'
import { type Embed, EndpointFailed } from './endpoint.js'
import { firmText, hashOf } from './sent-text.rules.js'
import { inBytes } from './vector.rules.js'
import type { VectorRepository } from './vectors.repository.js'

export interface VectorisingDeps {
  records: Pick<RecordRepository, 'byIds' | 'changesAfter' | 'lastSeq'>
  vectors: VectorRepository
  embed: Embed
  model: string
  /** Where in the change log the vectors stand; those of another model begin anew. */
  offsets: { load(form: string): Promise<number | null>; reset(form: string, seq: number): Promise<void> }
  /** Null when a firm is not to be found; its vector goes. */
  document(record: StoredRecord<never>): SearchDocument | null
  onError(error: unknown): void
  /** Told of a firm whose text the endpoint will not take; it goes without. */
  onRefused(firm: string, error: unknown): void
  /** Told how many firms were given a vector, after each stretch of the change log in which some were. */
  onMade(firms: number): void
}

/** Texts in one request. */
const AT_ONCE = 16
/**
 * Characters in one request, unless one text alone has more. A small model on one core takes about a second for a thousand: a need
 * that comes meanwhile waits behind them, and what takes longer than the time-out would be asked again for ever.
 */
const CHARACTERS_AT_ONCE = 8_000
/** What no endpoint has a reason to refuse. */
const HARMLESS = 'Xin chào'
/** Nobody waits for it. */
const TIMEOUT_MS = 60_000
/** Raised when what is sent of a firm changes. */
const FORM = 1

interface Text {
  firm: string
  text: string
  hash: string
}

/** Follows the change log and keeps a vector of each firm's text. Where it stands is kept, so that a restart goes on from there. */
export async function startVectorising(deps: VectorisingDeps): Promise<Follower> {
  const { records, vectors, model, offsets, document, onError, onMade } = deps
  const form = `${FORM} ${model}`
  const stopping = new AbortController()
  let made = 0
  const make = makingVectors(deps, stopping.signal, (firms) => {
    made += firms
  })

  const takeIn = async (firms: readonly string[]) => {
    const found = await records.byIds<never>('provider', firms, () => {})
    const texts = found.flatMap((record): Text[] => {
      const shown = document(record)
      const text = shown ? firmText(shown) : ''
      return text ? [{ firm: record.id, text, hash: hashOf(text) }] : []
    })
    const there = new Set(texts.map(({ firm }) => firm))
    await vectors.remove(firms.filter((firm) => !there.has(firm)))
    try {
      for (const some of inRequests(texts)) await make(some)
    } finally {
      if (made > 0) onMade(made)
      made = 0
    }
  }

  const follower = followChanges({
    ...{ changesAfter: records.changesAfter, lastSeq: records.lastSeq, onError },
    startAt: (await vectors.any(model)) ? ((await offsets.load(form)) ?? 0) : 0,
    apply: async (entries) => {
      const firms = new Set(entries.filter(({ type }) => type === 'provider').map(({ recordId }) => recordId))
      if (firms.size > 0) await takeIn([...firms])
      await offsets.reset(form, entries.at(-1)?.seq ?? 0)
    },
  })
  return {
    ...follower,
    stop: async () => {
      const stopped = follower.stop()
      // What is asked just now would be waited for otherwise.
      stopping.abort()
      await stopped
    },
  }
}

/** Parts texts into what one request takes, in their order. */
function inRequests(texts: readonly Text[]): Text[][] {
  const requests: Text[][] = []
  let characters = 0
  for (const one of texts) {
    const last = requests.at(-1)
    const fits = last && last.length < AT_ONCE && characters + one.text.length <= CHARACTERS_AT_ONCE
    if (fits) last.push(one)
    else requests.push([one])
    characters = (fits ? characters : 0) + one.text.length
  }
  return requests
}

/** Makes the vectors of some texts and keeps them; those that are known already are not asked for. */
function makingVectors(
  { embed, vectors, model, onRefused }: VectorisingDeps,
  stop: AbortSignal,
  onKept: (firms: number) => void,
) {
  /** An endpoint that takes nothing, for want of a key or of the model, says so of each text: no vector is given up for that. */
  const takes = async (text: string): Promise<void> => {
    try {
      await embed([text], TIMEOUT_MS, stop)
    } catch (cause) {
      throw new EndpointFailed('it takes no text at all', 'broken', { cause })
    }
  }
  const ask = async (texts: readonly Text[]): Promise<void> => {
    const sent = texts.map(({ text }) => text)
    try {
      const made = await embed(sent, TIMEOUT_MS, stop)
      const rows = texts.flatMap(({ firm, hash }, i) => {
        const vector = made[i]
        return vector ? [{ firm, hash, model, vector: inBytes(vector) }] : []
      })
      await vectors.put(rows)
      onKept(rows.length)
    } catch (error) {
      if (!(error instanceof EndpointFailed) || error.reason === 'broken') throw error
      // One that it will not take must not keep the others from theirs, nor too much at once a slow one from taking them one by one.
      if (texts.length > 1) {
        for (const one of texts) await ask([one])
        return
      }
      if (error.reason === 'late') throw error
      await takes(HARMLESS)
      for (const { firm } of texts) onRefused(firm, error)
      await vectors.remove(texts.map(({ firm }) => firm))
    }
  }
  return async (texts: readonly Text[]): Promise<void> => {
    const firms = texts.map(({ firm }) => firm)
    // Looked up just before: another instance may be at the same.
    const known = await vectors.hashes(model, firms)
    const fresh = texts.filter(({ firm, hash }) => known.get(firm) !== hash)
    if (fresh.length > 0) await ask(fresh)
  }
}
