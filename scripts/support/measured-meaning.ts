import type { Config } from '../../src/config.js'
import type { Core } from '../../src/core.js'
import {
  type Embed,
  EndpointFailed,
  embeddingEndpoint,
  meaningNearness,
  NEED_WAITS_MS,
  vectorRepository,
} from '../../src/modules/embeddings/index.js'
import { UsageError } from './command.js'

type Settings = NonNullable<Config['embeddings']>

/** What an embedding endpoint was asked while it was measured. */
export interface EndpointAsked {
  model: string
  /** Milliseconds of each need that it answered. */
  answered: number[]
  /** Needs that it did not answer: they were ranked without it. */
  failed: number
}

/** A measurement waits for what a reader would not: what a model is worth is one thing, how fast it is here another. */
const PATIENCE_MS = 60_000

/**
 * Gives each firm its vector, and makes the product ask the endpoint for every need, however long it takes.
 * @throws {UsageError} when the endpoint does not answer
 */
export async function withMeasuredMeaning(
  core: Core,
  settings: Settings,
  signal?: AbortSignal,
): Promise<{ core: Core; asked: EndpointAsked }> {
  const { meaning, db } = core
  if (!meaning) throw new Error('no endpoint is configured')
  const asked: EndpointAsked = { model: settings.model, answered: [], failed: 0 }
  const endpoint = embeddingEndpoint(settings)
  await answering(endpoint)
  const follower = await meaning.follow()
  signal?.addEventListener('abort', () => void follower.stop(), { once: true })
  await follower.caughtUp()
  await follower.stop()
  const nearness = meaningNearness({
    ...{ embed: timed(endpoint, asked), model: meaning.maker, vectors: vectorRepository(db), timeoutMs: PATIENCE_MS },
  })
  const of: typeof nearness.of = async (need, firms) => {
    await nearness.prepare(need)
    return nearness.of(need, firms)
  }
  return { core: { ...core, meaning: { ...meaning, nearness: { ...nearness, of } } }, asked }
}

/** In one line, beside figures that it had a part in. */
export function endpointLine(asked: EndpointAsked | undefined): string {
  if (!asked) return 'embedding endpoint: off'
  const { model, answered, failed } = asked
  const times = answered.toSorted((a, b) => a - b)
  const at = (share: number) => `${Math.round(times[Math.ceil(share * times.length) - 1] ?? 0)} ms`
  const late = times.filter((ms) => ms > NEED_WAITS_MS).length
  const asks = `${times.length} needs asked of it in ${at(0.5)} median, ${at(0.95)} p95`
  return `embedding endpoint: on, ${model}; ${asks}; ${late} later than the ${NEED_WAITS_MS} ms that a reader waits; ${failed} not answered`
}

async function answering(embed: Embed): Promise<void> {
  try {
    await embed(['Xin chào'], PATIENCE_MS)
  } catch (error) {
    if (!(error instanceof EndpointFailed)) throw error
    throw new UsageError(`The embedding endpoint cannot be measured: ${error.message}.`)
  }
}

function timed(embed: Embed, asked: EndpointAsked): Embed {
  return async (...args) => {
    const begun = performance.now()
    try {
      const made = await embed(...args)
      asked.answered.push(performance.now() - begun)
      return made
    } catch (error) {
      asked.failed++
      throw error
    }
  }
}
