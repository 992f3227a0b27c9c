import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express } from 'express'
import { pino } from 'pino'
import { buildApp, mailingOf, senderOf } from '../../src/composition.js'
import { loadConfig } from '../../src/config.js'
import { type Core, openCore } from '../../src/core.js'
import type { Clock } from '../../src/kernel/clock.js'
import { listen, type RunningServer } from '../../src/platform/http/server.js'
import { startMailSender } from '../../src/platform/mail/sender.js'
import { createViews, type Views } from '../../src/platform/views/engine.js'
import { prepare } from '../../src/preparing.js'
import { startDatabaseHere } from './database-here.js'
import { preparedFolder } from './prepared-folder.js'

/** The real product in this process, over the built-in store in a throw-away folder, answering on a port of its own. */
export interface TestProduct {
  core: Core
  app: Express
  /** Where it answers, without a trailing slash. */
  url: string
  /** What it logged as an error: nothing, in a test that expects none. */
  faults(): string[]
  /** Every line it has logged, down to the finest. */
  logged(): string[]
  close(): Promise<void>
}

export interface TestProductOptions {
  /** Whether to add the demonstration data; false by default. */
  demo?: boolean
  /** Lifts the limits by client, for tests that send much. */
  unlimited?: boolean
  /** Further settings, as the environment gives them. */
  env?: NodeJS.ProcessEnv
  clock?: Clock
}

/** What pino calls an error. */
const ERROR = 50

const NO_LIMIT = { points: 1e9, seconds: 1 }
const UNLIMITED = { posts: NO_LIMIT, api: NO_LIMIT, pages: NO_LIMIT, contacts: { hour: 1e9, day: 1e9 } }

let views: Views | undefined

/** Compiled once for all products of a process: they keep nothing of what they show. */
function sharedViews(): Views {
  views ??= createViews()
  return views
}

/** Starts one product; tests of a file share it. */
export async function startTestProduct({
  demo = false,
  unlimited = false,
  env,
  clock,
}: TestProductOptions = {}): Promise<TestProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'product-'))
  // With a clock of its own the data has dates of its own.
  if (!clock && !env?.DATA_DIR && !env?.MONGODB_URI) cpSync(await preparedFolder(demo), folder, { recursive: true })
  const lines: string[] = []
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => lines.push(line) })
  const config = loadConfig({ DATA_DIR: folder, DEMO: demo ? 'on' : 'off', ...env })
  const core = await openCore(config, log, { ...(clock && { clock }), startDatabase: startDatabaseHere })
  const mail = startMailSender(core.outbox, {
    smtpUrl: config.smtpUrl,
    from: () => senderOf(config.mailFrom, core.park()),
    onError: (error) => log.error({ err: error }),
  })
  const app = buildApp(core, {
    mailing: mailingOf(core, () => void mail.sendDue()),
    starting: () => null,
    views: sharedViews(),
    ...(unlimited && { limits: UNLIMITED }),
  })
  await prepare(core, () => {})
  const server: RunningServer = await listen(app, { host: '127.0.0.1', port: 0, graceMs: 100 })
  return {
    core,
    app,
    url: `http://127.0.0.1:${server.port}`,
    faults: () => lines.filter((line) => JSON.parse(line).level >= ERROR),
    logged: () => [...lines],
    close: async () => {
      await server.drain()
      await mail.stop()
      await core.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
