import type { Config } from './config.js'
import { duplicatesOf } from './duplicates.js'
import { type Clock, systemClock } from './kernel/clock.js'
import { meaningOf } from './meaning.js'
import { MIGRATIONS } from './migrations.js'
import { toldRepository, watchRepository } from './modules/alerts/index.js'
import { logRepository } from './modules/auditing/index.js'
import { businessService } from './modules/businesses/index.js'
import { claimRepository } from './modules/claims/index.js'
import { caseRepository, deskRepository } from './modules/curation/index.js'
import { demandService, missesRepository } from './modules/demand/index.js'
import { demonstrationPeople, demonstrationService } from './modules/demonstration/index.js'
import { pairRepository, printProjection } from './modules/duplicates/index.js'
import { importRepository, importWork } from './modules/importing/index.js'
import { searchWork, workRepository } from './modules/indexing/index.js'
import { introducedNeeds, introductionRepository } from './modules/introductions/index.js'
import {
  fieldVersion,
  loadWeights,
  matcher,
  matchingInTurn,
  NEED_FORM,
  needsForFirm,
  OFFER_FORM,
  specialityVersion,
  weightsRepository,
  wordLists,
} from './modules/matching/index.js'
import { needService, ownNeedRepository } from './modules/needs/index.js'
import { membershipRepository } from './modules/organisations/index.js'
import { parksRepository } from './modules/parks/index.js'
import { peopleRepository } from './modules/people/index.js'
import { requestRepository } from './modules/privacy/index.js'
import { providerService } from './modules/providers/index.js'
import { reasonRepository } from './modules/reasons/index.js'
import { reportRepository } from './modules/reports/index.js'
import { searchTermRepository, searchTermService } from './modules/search-terms/index.js'
import { noteOwner, summaryProjection, summaryRepository } from './modules/summaries/index.js'
import { loadTaxonomy, taxonomyRepository, toLexicon, withSuccessors } from './modules/taxonomy/index.js'
import { keepTaxonomyUses, retaggingService, retagRepository, taxonomyUses } from './modules/taxonomy-editing/index.js'
import { auditRepository } from './platform/audit/audit.repository.js'
import { auditChain } from './platform/audit/chain/chain.js'
import { startBuiltinDatabase } from './platform/db/builtin/index.js'
import { connect } from './platform/db/connection.js'
import { migrate } from './platform/db/migrations.js'
import { fileRepository } from './platform/files/files.repository.js'
import type { Logger } from './platform/log/logger.js'
import { outboxRepository } from './platform/mail/outbox.repository.js'
import { createChange } from './platform/records/change.repository.js'
import { recordErasure } from './platform/records/erasure.repository.js'
import { recordRepository } from './platform/records/record.repository.js'
import { createSealer } from './platform/sealing.js'
import { loadSecrets } from './platform/secrets.js'
import { remembered } from './platform/settings/remembered.js'
import { revisionRepository } from './platform/settings/revision.repository.js'
import { takingTurns } from './platform/turns.js'
import { projections, remaking } from './search-documents.js'
import { openSearch } from './search-engines.js'
import { signingIn } from './signing-in.js'

/** One match at a time leaves the processor to others between its pieces. So many may be there: some half a minute of them. */
const MATCHES = { atOnce: 1, most: 400 }

/** The product without its web pages: what the server and every command stand on. */
export type Core = Awaited<ReturnType<typeof openCore>>

export interface CoreOptions {
  clock?: Clock
  /** Where no server is named. */
  startDatabase?: typeof startBuiltinDatabase
}

/**
 * Opens the database and wires the services. Nothing is read or written before `prepare`.
 * @throws when the built-in database's folder is in use, damaged or newer, or when no server answers.
 */
export async function openCore(
  config: Config,
  log: Logger,
  { clock = systemClock, startDatabase = startBuiltinDatabase }: CoreOptions = {},
) {
  const store = config.mongodbUri
    ? null
    : await startDatabase({ dataDir: config.dataDir, log: (message) => log.warn(message) })
  const db = await connect(config.mongodbUri ?? store?.uri ?? '')
  // Nobody reads a retired service or sector, whether its records have been retagged yet or not.
  const records = recordRepository(db, (record) => withSuccessors(record, memory.known()?.taxonomy ?? null))
  const revision = revisionRepository(db)
  const taxonomies = taxonomyRepository(db, clock)
  const parks = parksRepository(db, clock, revision)
  const weightVersions = weightsRepository(db, clock)
  const uses = taxonomyUses(db)
  const memory = remembered(revision, readSettings, (now, before) => {
    const [after, former] = [now.taxonomy.taxonomy, before.taxonomy.taxonomy]
    if (after.version !== former.version) remade.begin(now.park.id, former, after)
  })
  const taxonomy = () => memory.get().taxonomy
  const lexicon = () => memory.get().lexicon
  const weights = () => memory.get().weights
  const { search, indexing, trials, engines } = openSearch({
    ...{ meilisearch: config.meilisearch, dataDir: config.dataDir, db, records, clock, log },
    projections: projections(taxonomy, lexicon, () => memory.get().park),
    readBy: () => [
      lexicon().version,
      fieldVersion(),
      specialityVersion(),
      NEED_FORM,
      OFFER_FORM,
      wordLists(),
      memory.get().park.province,
      memory.get().park.timeZone,
    ],
  })
  const remade = remaking({ indexing, uses, records, log })
  const people = peopleRepository(db, clock)
  const secrets = loadSecrets(config.dataDir, { session: config.sessionSecret })
  const sealer = createSealer(secrets.sealing)
  const memberships = membershipRepository(db, clock, (id, owned, session) => noteOwner(db, id, owned, session))
  const audit = auditRepository(db, clock)
  const entry = signingIn({ config, db, clock, secrets, sealer, people, memberships, records, audit })
  const demoPeople = demonstrationPeople({
    ...{ ...entry, db, people, memberships, records, sealer, clock },
    secret: secrets.demonstration,
  })
  const change = createChange(db, clock, {
    onCommitted: () => indexing.poke(),
    projections: [summaryProjection(db), keepTaxonomyUses(db), printProjection(db)],
  })
  const cases = caseRepository(db, clock, () => memory.known()?.park.rules?.targetHours)
  const pairs = pairRepository(db)
  const retagging = retaggingService({ retags: retagRepository(db, clock), uses, records, change, log })
  const providers = providerService({ search, records })
  const needs = needService({ search, records })
  const meaning = config.embeddings && meaningOf(config.embeddings, { db, records, log, taxonomy })
  const reasons = reasonRepository(db)
  const introductions = introductionRepository(db)
  const matching = matchingInTurn(
    {
      matcher: matcher({ search, providers, taxonomy, lexicon, weights, clock, meaning: meaning?.nearness }),
      needsForFirm: needsForFirm({
        ...{ search, needs, taxonomy, lexicon, weights, clock },
        introduced: introducedNeeds(introductions),
      }),
    },
    takingTurns({ part: 'matching', ...MATCHES }),
    meaning?.nearness.prepare,
  )
  const searchTerms = searchTermService({ searchTermRows: searchTermRepository(db), clock, log })

  const imports = importRepository(db)
  const summaries = summaryRepository(db)
  const importJobs = importWork({
    ...{ imports, records, summaries, change, memberships, audit, taxonomy, clock, log },
    park: () => memory.get().park,
    onWritten: () => indexing.poke(),
  })

  return {
    config,
    log,
    clock,
    db,
    search,
    trials,
    engines,
    searchWork: searchWork({ works: workRepository(db, clock), engines: engines.all, clock, log }),
    records,
    change,
    indexing: {
      ...indexing,
      /** Resolves when searches see every change committed before the call, and every change of the taxonomy made or seen here. */
      caughtUp: async () => {
        await remade.done()
        await indexing.caughtUp()
      },
    },
    parks,
    providers,
    needs,
    ownNeeds: ownNeedRepository(db),
    taxonomy,
    taxonomies,
    taxonomyUses: uses,
    retagging,
    lexicon,
    weights,
    weightVersions,
    park: () => memory.get().park,
    settings: {
      /** Tells all instances that park, taxonomy or texts were changed in this transaction; `reload` follows it. */
      changed: revision.bump,
      /** Sees what another instance has changed. */
      catchUp: memory.catchUp,
    },
    businesses: businessService({ search, records }),
    people,
    ...entry,
    secrets,
    sealer,
    memberships,
    summaries,
    imports,
    importWork: importJobs,
    audit,
    auditLog: logRepository(db),
    auditChain: auditChain({ db, clock, log, dataDir: config.dataDir }),
    cases,
    pairs,
    duplicates: duplicatesOf({ db, pairs, cases }),
    reasons,
    reports: reportRepository(db, clock),
    watches: watchRepository(db, clock),
    told: toldRepository(db),
    desk: deskRepository(db, clock),
    claims: claimRepository(db, clock),
    introductions,
    erasure: recordErasure(db),
    outbox: outboxRepository(db, clock),
    requests: requestRepository(db, clock),
    files: fileRepository(db, clock),
    demand: demandService({ needs, providers, taxonomy, clock, misses: missesRepository(db) }),
    demonstration: demonstrationService({ change, records, people: demoPeople, clock }),
    demonstrationPeople: demoPeople,
    searchTerms,
    ...matching,
    /** Missing unless an embedding endpoint is configured. */
    meaning,
    builtinDatabase: store !== null,

    /** Brings the data to this program's form, loads park, taxonomy and weights, and hands the words to the search engine. */
    prepare: async () => {
      const ran = await migrate(db, MIGRATIONS, {
        onWait: ({ lockedUntil }) => log.warn({ lockedUntil }, 'waiting: another process brings the data to form'),
      })
      if (ran.length > 0) log.info({ steps: ran }, 'data brought to the present form')
      await memory.reload()
      await reasons.addShipped(memory.get().park.id)
    },
    /** Reads park and taxonomy again, after they were changed here. */
    reload: memory.reload,
    close: async () => {
      await importJobs.stop()
      await searchTerms.settled()
      await retagging.stop()
      await indexing.stop()
      await remade.done()
      await search.close()
      await db.close()
      await store?.close()
    },
  }

  /** All that is kept in memory and changed from the workbench. */
  async function readSettings() {
    const park = await parks.current()
    const taxonomy = await loadTaxonomy(taxonomies, park.id)
    const weights = await loadWeights(weightVersions, park.id)
    const lexicon = toLexicon(taxonomy.taxonomy)
    await search.useLexicon(lexicon)
    return { park, taxonomy, lexicon, weights }
  }
}
