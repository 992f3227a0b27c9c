import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lang } from '../../../kernel/text.js'
import { PROJECT_ROOT } from '../../../platform/project-root.js'
import { OTHER } from './field-vector.rules.js'

/** Texts in each language. */
export type Texts = Readonly<Record<Lang, readonly string[]>>

/** How a whole field speaks of a service, whatever firms and needs a park has. */
interface ServiceTexts {
  /** How owners tell what they lack, without its name: in a phrase, and as they tell a neighbour. */
  owners: Texts
  stories: Texts
  /** How firms that offer it describe what they do: in a phrase, and in a passage. */
  firms: Texts
  profiles: Texts
}

/** How people ask for work that no technology firm does. */
interface TradeTexts {
  words: Texts
  stories: Texts
}

/** A kind of work by the texts that tell of it. */
export interface KindOfWork {
  /** A service's id, or that of another trade behind `OTHER`. */
  id: string
  texts: Texts
}

/** A file for each service, and for each other trade; the names of the files are the ids. */
const FOLDER = join(PROJECT_ROOT, 'src/modules/matching/data')

/** All texts of the field, services first, and what changes when one of them does. */
export function fieldTexts(): { digest: string; kinds(): KindOfWork[] } {
  const services = read('field-words')
  const trades = read('other-trades')
  const digest = createHash('sha256')
  for (const { id, content } of [...services, ...trades]) digest.update(id).update(content)
  return {
    digest: digest.digest('hex'),
    kinds: () => [
      ...services.map(({ id, content }) => ({ id, texts: ofService(JSON.parse(content)) })),
      ...trades.map(({ id, content }) => ({ id: OTHER + id, texts: ofTrade(JSON.parse(content)) })),
    ],
  }
}

const read = (folder: string) =>
  readdirSync(join(FOLDER, folder))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ id: name.slice(0, -'.json'.length), content: readFileSync(join(FOLDER, folder, name), 'utf8') }))

const ofService = ({ owners, stories, firms, profiles }: ServiceTexts) => together([owners, stories, firms, profiles])

const ofTrade = ({ words, stories }: TradeTexts) => together([words, stories])

const together = (parts: readonly Texts[]): Texts => ({
  vi: parts.flatMap(({ vi }) => vi),
  en: parts.flatMap(({ en }) => en),
})
