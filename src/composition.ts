import type { Express } from 'express'
import { type AppDeps, createApp } from './app.js'
import type { Config } from './config.js'
import { type Core, openCore } from './core.js'
import { createHandlers } from './handlers.js'
import { Unavailable } from './kernel/errors.js'
import { newId } from './kernel/ids.js'
import type { ParkContext } from './kernel/park.js'
import { pickText } from './kernel/text.js'
import type { DemonstrationSignIn } from './modules/demonstration/index.js'
import { standingIn } from './modules/indexing/index.js'
import { type ContactLimits, createContactViews } from './modules/providers/index.js'
import { createSessionStore } from './platform/db/session-store.js'
import { createAssets } from './platform/http/assets.js'
import { listen } from './platform/http/server.js'
import { createTranslator } from './platform/i18n/translator.js'
import { createLogger } from './platform/log/logger.js'
import type { Mailing } from './platform/mail/mailing.js'
import { type MailSender, startMailSender } from './platform/mail/sender.js'
import { createViews, type Views } from './platform/views/engine.js'
import { prepare } from './preparing.js'
import {
  findDuplicates,
  followMeaning,
  followRetags,
  followSearchWork,
  followSettings,
  goOnImporting,
  sealAudit,
  startUpkeep,
  tellNews,
} from './upkeep.js'

export interface RunningProduct {
  /** Its public address, `PUBLIC_URL`. */
  url: string
  /** How to sign in as somebody of the demonstration; none where there is none. */
  demonstrationSignIns: readonly DemonstrationSignIn[]
  /** Answers what has begun, then stops everything it started. */
  stop(): Promise<void>
}

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
  const mailing = mailingOf(core, () => void running.mail?.sendDue())
  const server = await listen(buildApp(core, { mailing, starting: () => running.step }), config)
  await prepare(core, (step) => {
    running.step = step
  })
  // Not before: data that is too new must be left as it is, the outbox included.
  const mail = startMailSender(core.outbox, {
    smtpUrl: config.smtpUrl,
    from: () => senderOf(config.mailFrom, core.park()),
    onError: (error) => log.error({ err: error }, 'a mail could not be sent'),
  })
  running.mail = mail
  const jobs = [
    ...startUpkeep(core, mailing),
    followSettings(core),
    followSearchWork(core),
    followRetags(core),
    sealAudit(core),
    findDuplicates(core),
    goOnImporting(core),
    tellNews(core, mailing),
    ...(await followMeaning(core)),
  ]
  return {
    url: config.publicUrl,
    demonstrationSignIns: await core.demonstrationPeople.signIns(core.park()),
    stop: async () => {
      await server.drain()
      await Promise.all(jobs.map((job) => job.stop()))
      await mail.stop()
      await core.close()
    },
  }
}

/** Mails come from the park by its name, whatever the configured address is called. */
export function senderOf(mailFrom: string, { name, shortName }: ParkContext): { name: string; address: string } {
  const address = /<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom
  return { name: pickText(shortName ?? name, 'vi')?.text ?? '', address: address.trim() }
}

/** How mails are written and sent on; `onMail` is told after one was put into the outbox. */
export function mailingOf({ config }: Core, onMail: () => void): Mailing {
  return { translate: createTranslator({ strict: !config.production }), publicUrl: config.publicUrl, onMail }
}

export interface BuildOptions {
  mailing: Mailing
  /** What is still being done before visitors can be answered; null when all is. */
  starting(): string | null
  limits?: Limits
  /** Made from the project's templates unless they are given. */
  views?: Views
}

/** The web application over a core; the tests use it as the product does. */
export function buildApp(
  core: Core,
  { mailing, starting, limits = LIMITS, views = createViews() }: BuildOptions,
): Express {
  const { config, log } = core
  const assets = createAssets()
  return createApp({
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    log,
    limits,
    newId,
    translator: mailing.translate,
    views,
    assets,
    secrets: core.secrets,
    sessionStore: createSessionStore(core.db),
    identity: core.identity.middleware,
    resolvePark: async () => {
      const step = starting()
      if (step) throw new Unavailable(`product (${step})`)
      return core.park()
    },
    searchStandsInSince: () => standingIn(core.engines),
    handlers: createHandlers(core, {
      ...{ mailing, assets, starting },
      contactViews: createContactViews(limits.contacts, core.clock),
    }),
  })
}
