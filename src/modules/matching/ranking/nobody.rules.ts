import type { SearchDocument } from '../../../platform/search/index.js'
import type { Understood } from '../understanding/understood.types.js'
import type { Ranked } from './rank.rules.js'
import { isAbout, tellingTerms, textEvidence, textOf } from './text-evidence.rules.js'
import type { Weights } from './weights.js'

/** How many of the first firms are asked whether they do it: who is far down does not answer a need. */
const ASKED = 10

/**
 * Whether nobody here does what the need asks for. Where a service was surely understood: nobody among the first lists it or names
 * it in its text. Where not: no firm's text is about the need's telling words, and the service the need's words are nearest to is
 * not what the first firm does either.
 */
export function isNobody(
  need: Understood,
  ranked: readonly Ranked[],
  documents: ReadonlyMap<string, SearchDocument>,
  weights: Weights,
): boolean {
  const asked = ranked.slice(0, ASKED)
  const sure = new Set(need.services.filter(({ weight }) => weight >= weights.sure).map(({ id }) => id))
  if (sure.size > 0) return !asked.some((firm) => does(firm, sure))
  const telling = tellingTerms(need.words)
  const speaksOfIt = ({ id }: Ranked) => {
    const document = documents.get(id)
    return document !== undefined && isAbout(textEvidence(telling, textOf(document)), weights.evidence.close)
  }
  return !firstDoes(need.hunches[0], asked, documents) && !asked.some(speaksOfIt)
}

/** The need's words and the first firm's agree on a service, each found without the other. */
function firstDoes(
  service: string | undefined,
  [first]: readonly Ranked[],
  documents: ReadonlyMap<string, SearchDocument>,
): boolean {
  const listed = first && documents.get(first.id)?.service
  return service !== undefined && Array.isArray(listed) && listed.some((one) => one === service)
}

const does = ({ judgements }: Ranked, services: ReadonlySet<string>) =>
  judgements.some(
    ({ detail, status }) =>
      detail.criterion === 'service' && services.has(detail.service) && (status === 'met' || status === 'partly'),
  )
