import type { Connection } from 'mongoose'
import type { Config } from './config.js'
import {
  embeddingEndpoint,
  meaningNearness,
  rested,
  startVectorising,
  vectorRepository,
} from './modules/embeddings/index.js'
import { offsetsRepository } from './modules/indexing/index.js'
import { providerDocument } from './modules/providers/index.js'
import type { TaxonomyView } from './modules/taxonomy/index.js'
import type { Logger } from './platform/log/logger.js'
import type { RecordRepository } from './platform/records/record.repository.js'

export interface MeaningDeps {
  db: Connection
  records: RecordRepository
  log: Logger
  taxonomy(): TaxonomyView
}

/** What is tried every half minute fails as often; the log has it anew when it has lasted so long. */
const TELL_AGAIN_MS = 60 * 60_000

/** What vectors of an outside endpoint add to the ranking, and what keeps those of the firms. */
export function meaningOf(settings: NonNullable<Config['embeddings']>, { db, records, log, taxonomy }: MeaningDeps) {
  const { url, model } = settings
  const embed = embeddingEndpoint(settings)
  const vectors = vectorRepository(db)
  const patient = rested(embed, {
    now: () => performance.now(),
    onChange: (well, reason) => {
      if (well) log.info({ url }, 'the embedding endpoint answers again')
      else log.warn({ url, reason }, 'the embedding endpoint is left alone for a while; firms are ranked without it')
    },
  })
  /** A model of the same name at another address may be another one. */
  const maker = `${model} at ${url}`
  const trouble = oncePer(TELL_AGAIN_MS)
  return {
    /** By which the vectors are kept. */
    maker,
    nearness: meaningNearness({ embed: patient, model: maker, vectors }),
    /** Begins to keep a vector of each firm's text. */
    follow: () =>
      startVectorising({
        ...{ records, vectors, model: maker },
        embed: async (...asked) => {
          const made = await embed(...asked)
          trouble.over()
          return made
        },
        offsets: offsetsRepository(db, `embeddings ${url}`),
        document: (record) => providerDocument(record, taxonomy()),
        onError: (error) =>
          trouble.tell(() =>
            log.warn({ err: error, url }, 'vectors of firms could not be made; trying again every 30 s'),
          ),
        onMade: (firms) => log.info({ url, firms }, 'vectors of firms were made'),
        onRefused: (firm, error) =>
          log.warn({ err: error, url, firm }, "the embedding endpoint does not take a firm's text; it has no vector"),
      }),
  }
}

/** What a park has of an endpoint that it no longer uses is not kept. */
export const forgetMeaning = (db: Connection): Promise<void> => vectorRepository(db).clear()

function oncePer(ms: number) {
  let told: number | null = null
  return {
    tell: (say: () => void) => {
      if (told !== null && performance.now() - told < ms) return
      told = performance.now()
      say()
    },
    over: () => {
      told = null
    },
  }
}
