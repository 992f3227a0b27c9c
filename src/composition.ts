import type { Express } from 'express'
import { type AppDeps, createApp } from './app.js'
import { type Config, ConfigError } from './config.js'
import { type Core, openCore } from './core.js'
import { createHandlers, openIntroductions } from './handlers.js'
import { Unavailable } from './kernel/errors.js'
import { newId } from './kernel/ids.js'
import { forgetEvidence } from './modules/claims/index.js'
import type { DemonstrationSignIn } from './modules/demonstration/index.js'
import { keepIntroductions } from './modules/introductions/index.js'
import { expireNeeds, forgetGuests, queueNeeds } from './modules/needs/index.js'
import { endUnusedAccounts } from './modules/privacy/index.js'
import { type ContactLimits, createContactViews } from './modules/providers/index.js'
import { erasureOf } from './personal-data.js'
import { createSessionStore } from './platform/db/session-store.js'
import { sweepFiles } from './platform/files/files.jobs.js'
import { createAssets } from './platform/http/assets.js'
import { listen } from './platform/http/server.js'
import { createTranslator } from './platform/i18n/translator.js'
import { every } from './platform/jobs/every.js'
import { createLogger, type Logger } from './platform/log/logger.js'
import { type MailSender, startMailSender } from './platform/mail/sender.js'
import { createViews } from './platform/views/engine.js'

export interface RunningProduct {
  /** Its public address, `PUBLIC_URL`. */
  url: string
  /** How to sign in as somebody of the demonstration; none where there is none. */
  demonstrationSignIns: readonly DemonstrationSignIn[]
  /** Answers what has begun, then stops everything it started. */
  stop(): Promise<void>
}

const UPKEEP_EVERY_MS = 60 * 60_000

/** What one client may do; `contacts`: of how many firms it is shown the contacts. */
type Limits = AppDeps['limits'] & { contacts: ContactLimits }

const LIMITS: Limits = {
  posts: { points: 60, seconds: 60 },
  api: { points: 600, seconds: 60 },
  pages: { points: 600, seconds: 60 },
  contacts: { hour: 60, day: 150 },
}

/**
 * Starts the whole product. It listens early, answers 503 until the data is ready, and resolves when it is.
 * @throws when the port is taken, the database cannot be opened, the data cannot be brought to the present form, or holds
 *   people of the demonstration in production.
 */
export async function startProduct(config: Config): Promise<RunningProduct> {
  const log = createLogger(config.logLevel)
  const core = await openCore(config, log)
  const running: { step: string | null; mail?: MailSender } = { step: 'starting' }
  const sendMail = () => void running.mail?.sendDue()
  const server = await listen(buildApp(core, { log, sendMail, starting: () => running.step }), config)
  await prepare(core, (step) => {
    running.step = step
  })
  // Not before: data that is too new must be left as it is, the outbox included.
  const mail = startMailSender(core.outbox, {
    smtpUrl: config.smtpUrl,
    from: config.mailFrom,
    onError: (error) => log.error({ err: error }, 'a mail could not be sent'),
  })
  running.mail = mail
  const failed = (what: string) => (error: unknown) =>
    log.error({ err: error }, `${what} failed; trying again in an hour`)
  const translator = createTranslator({ strict: !config.production })
  const introducing = openIntroductions(core, { translator, sendMail })
  const mailing = { translate: translator, onMail: sendMail }
  const personalErasure = erasureOf(core, mailing, introducing)
  const upkeep = [
    every(
      UPKEEP_EVERY_MS,
      () => keepIntroductions({ ...core, introducing }, core.park()),
      failed('keeping introductions'),
    ),
    every(
      UPKEEP_EVERY_MS,
      () => expireNeeds({ ...core, onEnd: introducing.endWith }, core.park()),
      failed('expiring needs'),
    ),
    every(UPKEEP_EVERY_MS, () => queueNeeds(core, core.park()), failed('queueing needs')),
    every(UPKEEP_EVERY_MS, () => forgetGuests(core, core.park()), failed('forgetting guests')),
    every(
      UPKEEP_EVERY_MS,
      () => endUnusedAccounts({ ...core, ...mailing, publicUrl: config.publicUrl, personalErasure }, core.park()),
      failed('ending unused accounts'),
    ),
    every(UPKEEP_EVERY_MS, () => sweepFiles(core), failed('sweeping files')),
    every(UPKEEP_EVERY_MS, () => forgetEvidence(core), failed('forgetting evidence')),
  ]
  return {
    url: config.publicUrl,
    demonstrationSignIns: await core.demonstrationPeople.signIns(core.park()),
    stop: async () => {
      await server.drain()
      await Promise.all(upkeep.map((job) => job.stop()))
      await mail.stop()
      await core.close()
    },
  }
}

export interface BuildOptions {
  log: Logger
  /** Told after a mail was put into the outbox. */
  sendMail(): void
  /** What is still being done before visitors can be answered; null when all is. */
  starting(): string | null
  limits?: Limits
}

/** The web application over a core; the tests use it as the product does. */
export function buildApp(core: Core, { log, sendMail, starting, limits = LIMITS }: BuildOptions): Express {
  const { config } = core
  const translator = createTranslator({ strict: !config.production })
  const assets = createAssets()
  return createApp({
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    log,
    limits,
    newId,
    translator,
    views: createViews(),
    assets,
    secrets: core.secrets,
    sessionStore: createSessionStore(core.db),
    identity: core.identity.middleware,
    resolvePark: async () => {
      const step = starting()
      if (step) throw new Unavailable(`product (${step})`)
      return core.park()
    },
    handlers: createHandlers(core, {
      ...{ translator, assets, sendMail, starting },
      contactViews: createContactViews(limits.contacts, core.clock),
    }),
  })
}

/** Brings the data up to date, fills an empty built-in database with demonstration data, and builds the search indexes. */
export async function prepare(core: Core, tell: (step: string | null) => void): Promise<void> {
  tell('bringing the data to its present form')
  await core.prepare()
  await refuseDemonstration(core)
  if (await wantsDemonstration(core)) {
    tell('adding demonstration data')
    // Marked first: a start that is cut off leaves nothing that could be taken for real, and the next one goes on.
    await core.parks.markDemonstration(core.park().id, true)
    await core.demonstration.add(core.park())
    await core.reload()
  }
  tell('building the search indexes')
  await core.indexing.start()
  tell(null)
}

/** Everybody can know the passwords of the demonstration's people. */
async function refuseDemonstration({ config, accounts, park }: Core): Promise<void> {
  if (!config.production || (await accounts.demonstration(park().id)).length === 0) return
  throw new ConfigError(
    'NODE_ENV wants data without demonstration sign-ins in production: take them out with npm run seed -- --remove',
  )
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/

/** Demonstration data goes only where nobody can take it for real: an empty built-in database reached from this machine alone. */
async function wantsDemonstration(core: Core): Promise<boolean> {
  const { demo, production, host } = core.config
  if (!demo || production || !core.builtinDatabase || !LOOPBACK.test(host)) return false
  const begun = core.park().demonstration && !(await core.demonstration.isComplete(core.park()))
  return begun || (await core.records.lastSeq()) === 0
}
