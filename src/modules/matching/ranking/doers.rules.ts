import type { SearchDocument } from '../../../platform/search/index.js'
import type { Understood } from '../understanding/understood.types.js'
import type { Ranked } from './rank.rules.js'
import { closeShare, isAbout, sharedEvidence, tellingTerms, textOf } from './text-evidence.rules.js'
import type { Weights } from './weights.js'

/** How many of the first firms' texts are read where no service is sure: who is far down does not answer a need. */
const READ = 10

/**
 * The firms that do what the need asks for; none means that nobody here does it. Where a service was surely understood: those that
 * list it or name it in their text. Where not: those of the first whose text is about the need's telling words, and those that do
 * what the need's words are nearest to, if the first firm does it too: the two were then found without each other.
 */
export function doers(
  need: Understood,
  ranked: readonly Ranked[],
  documents: ReadonlyMap<string, SearchDocument>,
  weights: Weights,
): readonly Ranked[] {
  const sure = sureServices(need, weights)
  if (sure.size > 0) return ranked.filter((firm) => does(firm, sure))
  const telling = tellingTerms(need.words)
  const speaks = new Set(
    ranked.slice(0, READ).filter(({ id }) => speaksOf(telling, documents.get(id), closeShare(need, weights))),
  )
  const [first] = ranked
  const hunch = need.otherTrade === 'no' ? (need.services[0]?.id ?? need.hunches[0]) : undefined
  const agreed = hunch !== undefined && first !== undefined && lists(documents.get(first.id), hunch)
  return ranked.filter((firm) => speaks.has(firm) || (agreed && lists(documents.get(firm.id), hunch)))
}

/** The services that a need was surely understood to ask for. */
export const sureServices = ({ services }: Pick<Understood, 'services'>, { sure }: Weights): ReadonlySet<string> =>
  new Set(services.filter(({ weight }) => weight >= sure).map(({ id }) => id))

/** Whether a firm was judged to do one of these services. */
export const does = ({ judgements }: Pick<Ranked, 'judgements'>, services: ReadonlySet<string>): boolean =>
  judgements.some(
    ({ detail, status }) =>
      detail.criterion === 'service' && services.has(detail.service) && (status === 'met' || status === 'partly'),
  )

const speaksOf = (telling: ReadonlySet<string>, document: SearchDocument | undefined, least: number) =>
  document !== undefined && isAbout(sharedEvidence(telling, termsOf(document)), least)

/** A firm's telling words, read once for as long as its document is held. */
function termsOf(document: SearchDocument): ReadonlySet<string> {
  const known = termsByDocument.get(document)
  if (known) return known
  const terms = tellingTerms(textOf(document))
  termsByDocument.set(document, terms)
  return terms
}

const termsByDocument = new WeakMap<SearchDocument, ReadonlySet<string>>()

const lists = (document: SearchDocument | undefined, service: string) =>
  Array.isArray(document?.service) && document.service.some((one) => one === service)
