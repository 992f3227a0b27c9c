import type { Config } from './config.js'
import { type Clock, systemClock } from './kernel/clock.js'
import { MIGRATIONS } from './migrations.js'
import {
  accountRepository,
  createEntrance,
  createIdentity,
  createPasswords,
  guessing,
  knownDevices,
  mailKeyRepository,
  secondFactorService,
  signInRepository,
} from './modules/accounts/index.js'
import { logRepository } from './modules/auditing/index.js'
import { BUSINESSES_INDEX, type BusinessRecord, businessDocument, businessService } from './modules/businesses/index.js'
import { claimRepository } from './modules/claims/index.js'
import { caseRepository, deskRepository } from './modules/curation/index.js'
import { demandService, missesRepository } from './modules/demand/index.js'
import { demonstrationPeople, demonstrationService } from './modules/demonstration/index.js'
import { duplicateFinding, pairRepository, printProjection, printRepository } from './modules/duplicates/index.js'
import { importRepository, importWork } from './modules/importing/index.js'
import type { Projection } from './modules/indexing/index.js'
import { introductionRepository } from './modules/introductions/index.js'
import { matcher } from './modules/matching/index.js'
import { NEEDS_INDEX, type NeedRecord, needDocument, needService, ownNeedRepository } from './modules/needs/index.js'
import { actorMemberships, membershipRepository } from './modules/organisations/index.js'
import { parksRepository } from './modules/parks/index.js'
import { peopleRepository } from './modules/people/index.js'
import { requestRepository } from './modules/privacy/index.js'
import { PROVIDERS_INDEX, type ProviderRecord, providerDocument, providerService } from './modules/providers/index.js'
import { reasonRepository } from './modules/reasons/index.js'
import { reportRepository } from './modules/reports/index.js'
import { searchMissRepository, searchMissService } from './modules/search-misses/index.js'
import { noteOwner, summaryProjection, summaryRepository } from './modules/summaries/index.js'
import {
  loadTaxonomy,
  type Taxonomy,
  type TaxonomyView,
  taxonomyRepository,
  toLexicon,
  withSuccessors,
} from './modules/taxonomy/index.js'
import {
  keepTaxonomyUses,
  retaggingService,
  retagRepository,
  staleDocuments,
  taxonomyUses,
} from './modules/taxonomy-editing/index.js'
import { attemptRepository } from './platform/attempts/attempts.repository.js'
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
import type { RecordType } from './platform/records/record.types.js'
import { createSealer } from './platform/sealing.js'
import type { Lexicon } from './platform/search/index.js'
import { loadSecrets } from './platform/secrets.js'
import { remembered } from './platform/settings/remembered.js'
import { revisionRepository } from './platform/settings/revision.repository.js'
import { openSearch } from './search-engines.js'

/** The product without its web pages: what the server and every command stand on. */
export type Core = Awaited<ReturnType<typeof openCore>>

/**
 * Opens the database and wires the services. Nothing is read or written before `prepare`.
 * @throws when the built-in database's folder is in use, damaged or newer, or when no server answers.
 */
export async function openCore(config: Config, log: Logger, clock: Clock = systemClock) {
  const store = config.mongodbUri
    ? null
    : await startBuiltinDatabase({ dataDir: config.dataDir, log: (message) => log.warn(message) })
  const db = await connect(config.mongodbUri ?? store?.uri ?? '')
  // Nobody reads a retired service or sector, whether its records have been retagged yet or not.
  const records = recordRepository(db, (record) => withSuccessors(record, memory.known()?.taxonomy ?? null))
  const revision = revisionRepository(db)
  const taxonomies = taxonomyRepository(db, clock)
  const parks = parksRepository(db, clock, revision)
  const uses = taxonomyUses(db)
  const memory = remembered(revision, readSettings, (now, before) => {
    const [after, former] = [now.taxonomy.taxonomy, before.taxonomy.taxonomy]
    if (after.version !== former.version) remakeDocuments(now.park.id, former, after)
  })
  let remaking: Promise<void> = Promise.resolve()
  const taxonomy = () => memory.get().taxonomy
  const lexicon = () => memory.get().lexicon
  const { search, indexing, trials } = openSearch({
    ...{ meilisearch: config.meilisearch, db, records, log },
    projections: projections(taxonomy, lexicon),
    lexiconVersion: () => lexicon().version,
  })
  const people = peopleRepository(db, clock)
  const accounts = accountRepository(db, clock)
  const signIns = signInRepository(db, clock)
  const secrets = loadSecrets(config.dataDir, { session: config.sessionSecret })
  const sealer = createSealer(secrets.sealing)
  const memberships = membershipRepository(db, clock, (id, owned, session) => noteOwner(db, id, owned, session))
  const audit = auditRepository(db, clock)
  const passwords = createPasswords()
  const identity = createIdentity({
    accounts,
    signIns,
    people,
    membershipsOf: actorMemberships({ memberships, records }),
    clock,
  })
  const devices = knownDevices({ secret: secrets.device, secure: config.publicUrl.startsWith('https:') })
  const guesses = guessing({ attempts: attemptRepository(db, clock), clock, secret: secrets.device })
  const demoPeople = demonstrationPeople({
    ...{ db, accounts, people, memberships, signIns, records, passwords, sealer, clock },
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
  const reasons = reasonRepository(db)
  const searchMisses = searchMissService({ searchMissRows: searchMissRepository(db), clock, log })

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
    records,
    change,
    indexing: {
      ...indexing,
      /** Resolves when searches see every change committed before the call, and every change of the taxonomy made or seen here. */
      caughtUp: async () => {
        await remaking
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
    park: () => memory.get().park,
    settings: {
      /** Tells all instances that park, taxonomy or texts were changed in this transaction; `reload` follows it. */
      changed: revision.bump,
      /** Sees what another instance has changed. */
      catchUp: memory.catchUp,
    },
    businesses: businessService({ search, records }),
    people,
    accounts,
    signIns,
    secrets,
    sealer,
    mailKeys: mailKeyRepository(db, clock),
    memberships,
    summaries,
    imports,
    importWork: importJobs,
    audit,
    auditLog: logRepository(db),
    auditChain: auditChain({ db, clock, log, dataDir: config.dataDir }),
    cases,
    pairs,
    duplicates: duplicateFinding({
      ...{ db, pairs, prints: printRepository(db) },
      onSuspected: async (found, session) => {
        for (const { _id: subjectId, parkId, type, a: recordId } of found) {
          const entry = { kind: 'duplicate', parkId, type, recordId, subjectId, version: null, personId: null } as const
          await cases.submit(entry, session)
        }
      },
      onCleared: async (ids, session) => {
        const decision = { state: 'moot', note: null, by: 'system:duplicates' } as const
        for (const id of ids) await cases.decideSubject('duplicate', id, decision, session)
      },
    }),
    reasons,
    reports: reportRepository(db, clock),
    desk: deskRepository(db, clock),
    claims: claimRepository(db, clock),
    introductions: introductionRepository(db),
    passwords,
    identity,
    devices,
    entrance: createEntrance({ signIns, identity, audit, devices }),
    guessing: guesses,
    secondFactor: secondFactorService({ accounts, signIns, passwords, sealer, audit, clock, guessing: guesses }),
    erasure: recordErasure(db),
    outbox: outboxRepository(db, clock),
    requests: requestRepository(db, clock),
    files: fileRepository(db, clock),
    demand: demandService({ needs, providers, taxonomy, clock, misses: missesRepository(db) }),
    demonstration: demonstrationService({ change, records, people: demoPeople, clock }),
    demonstrationPeople: demoPeople,
    searchMisses,
    matcher: matcher({ search, providers, taxonomy, lexicon, clock }),
    builtinDatabase: store !== null,

    /** Brings the data to this program's form, loads park and taxonomy, and hands the words to the search engine. */
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
      await searchMisses.settled()
      await retagging.stop()
      await indexing.stop()
      await remaking
      await search.close()
      await db.close()
      await store?.close()
    },
  }

  /** One after the other, beside all else: until it is done, documents found by a former name are found by it. */
  function remakeDocuments(parkId: string, before: Taxonomy, after: Taxonomy) {
    remaking = remaking
      .then(() => indexing.remake(() => staleDocuments({ uses, records }, parkId, before, after)))
      .catch((error) =>
        log.error({ err: error }, 'search documents could not be made anew; a restart makes all of them'),
      )
  }

  /** All that is kept in memory and changed from the workbench. */
  async function readSettings() {
    const park = await parks.current()
    const taxonomy = await loadTaxonomy(taxonomies, park.id)
    const lexicon = toLexicon(taxonomy.taxonomy)
    await search.useLexicon(lexicon)
    return { park, taxonomy, lexicon }
  }
}

function projections(taxonomy: () => TaxonomyView, lexicon: () => Lexicon): Record<RecordType, Projection> {
  const provider: Projection = {
    index: 'providers',
    schema: PROVIDERS_INDEX,
    document: (record: ProviderRecord) => providerDocument(record, taxonomy()),
  }
  const business: Projection = {
    index: 'businesses',
    schema: BUSINESSES_INDEX,
    document: (record: BusinessRecord) => businessDocument(record, taxonomy()),
  }
  const need: Projection = {
    index: 'needs',
    schema: NEEDS_INDEX,
    document: (record: NeedRecord) => needDocument(record, taxonomy(), lexicon()),
  }
  return { provider, business, need }
}
