import { compileLexicon, type Lexicon, type SearchDocument, words } from '../../../platform/search/index.js'
import { serviceConcept } from '../../taxonomy/index.js'
import { plainText } from '../understanding/plain-text.rules.js'
import type { OfferedService } from './firm-facts.rules.js'

const NOTHING = { from: null, to: null } as const
/** A firm that says "we do not do X" or "for X ask others" does not offer it. Right before the mention, in its sentence. */
const DISCLAIMED =
  /\b(?:khong (?:ban|lam|nhan|cung cap|phai)|chua (?:lam|nhan)|ai can|do not|don't|we never|no longer|not a|other than)\b[^.;!?\n]{0,40}$/
const REACH = 60
/** A text is read to here; what a firm does stands in its first lines. UTF-16 units. */
const MOST = 2_000
const PREFIX = serviceConcept('')

/**
 * The services that a firm's own text names beside its list. Cues are left out: they tell an owner's pain, and a firm that describes
 * a pain names the service too. Of a firm that keeps a list, only what it says of its work is read, and never as its main work.
 */
export function mentionedServices(document: SearchDocument, lexicon: Lexicon, keepsList: boolean): OfferedService[] {
  const inHead = keepsList ? new Set<string>() : named(textOf(document, ['name', 'tagline']), lexicon)
  const fields = keepsList ? ['tagline', 'features', 'evidence'] : ['features', 'evidence', 'description']
  const inBody = named(textOf(document, fields), lexicon)
  const offered = (by: 'head' | 'body') => (id: string) => ({ id, by, rank: 0, price: NOTHING, deliveryWeeks: NOTHING })
  return [...[...inHead].map(offered('head')), ...[...inBody].filter((id) => !inHead.has(id)).map(offered('body'))]
}

const textOf = (document: SearchDocument, fields: readonly string[]): string =>
  fields
    .flatMap((field) => document[field] ?? [])
    .join('\n')
    .slice(0, MOST)

/** The longest phrases of the lexicon in the text, those disclaimed left out. */
function named(text: string, lexicon: Lexicon): Set<string> {
  const found = new Set<string>()
  const { trie } = compileLexicon(lexicon)
  const tokens = words(text)
  let plain: string | null = null
  for (let at = 0; at < tokens.length; ) {
    const match = trie.longestAt(tokens, at, ({ kind }) => kind !== 'shorthand')
    const start = tokens[at]?.start ?? 0
    for (const { concept } of match?.phrases ?? []) {
      if (!concept?.startsWith(PREFIX)) continue
      plain ??= plainText(text)
      if (!DISCLAIMED.test(plain.slice(Math.max(0, start - REACH), start))) found.add(concept.slice(PREFIX.length))
    }
    at += match?.length ?? 1
  }
  return found
}
