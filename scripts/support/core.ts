import { pino } from 'pino'
import type { Config } from '../../src/config.js'
import { type Core, openCore } from '../../src/core.js'

/** Opens the product without its web pages, brings its data up to date, and closes it again whatever happens. */
export async function withCore<T>(config: Config, use: (core: Core) => Promise<T>): Promise<T> {
  // Standard output is for what the command answers.
  const level = config.logLevel === 'info' ? 'warn' : config.logLevel
  const core = await openCore(config, pino({ level, base: null }, pino.destination(2)))
  try {
    await core.prepare()
    return await use(core)
  } finally {
    await core.close()
  }
}
