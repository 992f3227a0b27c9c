import type { SearchDocument } from '../../../platform/search/index.js'
import { type FirmFacts, factsOf } from './firm-facts.rules.js'
import { mentionedServices, type OfferWords } from './mentioned-services.rules.js'

/** Firms remembered at once; about 1 kB each. */
const MOST = 20_000

/**
 * Facts by search document. A firm's text is read for services only where services matter (`readText`), and the outcome is kept for
 * as long as the document is of the same version and the words are the same.
 */
export function rememberFacts(
  offerWords: () => OfferWords,
): (document: SearchDocument, readText: boolean) => FirmFacts {
  let version: OfferWords['lexicon'] | null = null
  let known = new Map<string, { version: number; facts: FirmFacts }>()

  return (document, readText) => {
    const current = offerWords()
    if (version !== current.lexicon) {
      version = current.lexicon
      known = new Map()
    }
    const remembered = known.get(document.id)
    if (remembered?.version === document.version) return remembered.facts
    if (!readText) return factsOf(document, [])
    const keepsList = Array.isArray(document.service) && document.service.length > 0
    const facts = factsOf(document, mentionedServices(document, current, keepsList))
    if (known.size >= MOST) known.clear()
    known.set(document.id, { version: document.version, facts })
    return facts
  }
}
