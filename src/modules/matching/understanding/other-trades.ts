import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_ROOT } from '../../../platform/project-root.js'

/** Work that people ask for and that no technology firm does, by the words it is asked for with. */
export interface OtherTrade {
  id: string
  words: readonly string[]
}

interface OtherTrades {
  version: number
  trades: readonly OtherTrade[]
}

const FILE = join(PROJECT_ROOT, 'src/modules/matching/data/other-trades.json')

/**
 * The other trades, read once. A text nearer to one of these than to a service of the taxonomy does not ask for that service, however
 * many everyday words they share.
 */
export const OTHER_TRADES: readonly OtherTrade[] = (JSON.parse(readFileSync(FILE, 'utf8')) as OtherTrades).trades
