import { type Logger, pino } from 'pino'

export type { Logger }

/** The operator's log: JSON lines on standard output. Nothing personal goes into it: no query strings, no bodies, no addresses. */
export const createLogger = (level: string): Logger => pino({ level, base: null })
