import { detectConcepts, type Lexicon, type SearchDocument } from '../../../platform/search/index.js'
import { serviceConcept } from '../../taxonomy/index.js'
import { plainText } from '../understanding/plain-text.rules.js'
import type { OfferedService } from './firm-facts.rules.js'

const NOTHING = { from: null, to: null } as const
/** A firm that says "we do not do X" or "ask others for X" does not offer it. Right before the mention, in its sentence. */
const DISCLAIMED =
  /\b(?:khong (?:ban|lam|nhan|cung cap|phai)|chua (?:lam|nhan)|ai can|do not|don't|we never|no longer|not a|other than)\b[^.;!?\n]{0,40}$/
const REACH = 60
/** A text is read to here; what a firm does stands in its first lines. UTF-16 units. */
const MOST = 4_000

/**
 * The services that a firm without a list names in its own text. Cues are left out: they tell an owner's pain, and a firm that
 * describes a pain names the service too.
 */
export function mentionedServices(document: SearchDocument, lexicon: Lexicon): OfferedService[] {
  const head = textOf(document, ['name', 'tagline'])
  const body = textOf(document, ['features', 'evidence', 'description'])
  const inHead = named(head, lexicon)
  const inBody = named(body, lexicon).filter((id) => !inHead.includes(id))
  const offered = (by: 'head' | 'body') => (id: string) => ({ id, by, rank: 0, price: NOTHING, deliveryWeeks: NOTHING })
  return [...inHead.map(offered('head')), ...inBody.map(offered('body'))]
}

function textOf(document: SearchDocument, fields: readonly string[]): string {
  return fields
    .flatMap((field) => document[field] ?? [])
    .join('\n')
    .slice(0, MOST)
}

function named(text: string, lexicon: Lexicon): string[] {
  if (!text) return []
  const plain = plainText(text)
  const prefix = serviceConcept('')
  return detectConcepts(text, lexicon)
    .found.filter(({ id, by }) => by === 'term' && id.startsWith(prefix))
    .filter(({ spans }) => spans.some(({ start }) => !DISCLAIMED.test(plain.slice(Math.max(0, start - REACH), start))))
    .map(({ id }) => id.slice(prefix.length))
}
