import { allTexts } from '../../../kernel/text.js'
import type { Lexicon } from '../../../platform/search/index.js'
import type { ProviderProfile } from '../../providers/index.js'
import { serviceConcept } from '../../taxonomy/index.js'
import { withoutDenials } from '../offers/denials.rules.js'
import type { Detail, Judgement } from '../ranking/judgement.types.js'
import type { Ranked } from '../ranking/rank.rules.js'
import { closeShare, isAbout, tellingTerms, textEvidence } from '../ranking/text-evidence.rules.js'
import type { Weights } from '../ranking/weights.js'
import type { Understood } from '../understanding/understood.types.js'
import { findMustQuote } from './must-quotes.rules.js'
import { type QuoteWords, quotableTexts, quoteFrom, quoteNaming, quoteOf } from './quotes.rules.js'
import type { Quote, Reason } from './reason.types.js'

type Told<C extends Detail['criterion']> = Extract<Detail, { criterion: C }>

/** What explaining needs to know beside the need and the firm. */
export interface ExplainContext {
  lexicon: Lexicon
  weights: Weights
}

/** The reasons of a ranked firm from its record: its judgements, with its own words where they bear them out. */
export function explain(
  ranked: Ranked,
  profile: ProviderProfile,
  need: Understood,
  { lexicon, weights }: ExplainContext,
): Reason[] {
  return ranked.judgements.flatMap((judgement): Reason | Reason[] => {
    const { status, weight, detail } = judgement
    const reason: Reason = { criterion: detail.criterion, status, weight, detail, quote: null }
    switch (detail.criterion) {
      case 'service':
        return { ...reason, quote: quoteService(judgement, detail, profile, { terms: ranked.terms, lexicon }) }
      case 'words':
        return withWords(reason, profile, need, { terms: ranked.terms, names: [], lexicon }, weights)
      case 'evidence':
        return withCase(reason, detail, profile, need, { terms: ranked.terms, names: [], lexicon })
      case 'mustHave':
        return withMust(reason, detail, profile, need)
      case 'refusal':
        return withClause(reason, detail, profile)
      default:
        return reason
    }
  })
}

function quoteService(
  { status }: Judgement,
  { service }: Told<'service'>,
  profile: ProviderProfile,
  words: Omit<QuoteWords, 'names'>,
): Quote | null {
  if (status !== 'met' && status !== 'partly') return null
  const named: QuoteWords = { ...words, names: namesOf(service, words.lexicon) }
  const own = profile.services.find((offered) => offered.service === service)?.evidence
  if (own && allTexts(own).length > 0) return quoteFrom('evidence', own, named)
  const texts = quotableTexts(profile).filter(({ field }) => field !== 'evidence' && field !== 'case')
  const first = profile.tagline && allTexts(profile.tagline).length > 0 ? profile.tagline : profile.description
  return quoteNaming(texts, named) ?? quoteFrom(first === profile.tagline ? 'tagline' : 'description', first, named)
}

/** Where no service was understood: whether any of the firm's texts is about the need, and the piece that shares most with it. */
function withWords(
  reason: Reason,
  profile: ProviderProfile,
  need: Understood,
  words: QuoteWords,
  weights: Weights,
): Reason {
  const telling = tellingTerms(need.words)
  const texts = quotableTexts(profile)
  const all = textEvidence(telling, withoutDenials(texts.flatMap(({ text }) => allTexts(text)).join('\n')))
  if (!isAbout(all, weights.evidence.loose)) return reason
  const held = texts.map(({ text }) => textEvidence(telling, withoutDenials(allTexts(text).join('\n'))).held)
  const nearest = texts[held.indexOf(Math.max(...held))]
  if (!nearest) return reason
  const kind = isAbout(all, closeShare(need, weights)) ? 'close' : 'loose'
  return {
    ...reason,
    status: kind === 'close' ? 'met' : 'partly',
    detail: { criterion: 'words', kind },
    quote: quoteFrom(nearest.field, nearest.text, words),
  }
}

/** The case nearest to the need: in its ward before others, then the latest. */
function withCase(
  reason: Reason,
  detail: Told<'evidence'>,
  p: ProviderProfile,
  need: Understood,
  words: QuoteWords,
): Reason {
  if (reason.status === 'unknown') return reason
  const near = (at: number) => Number(need.ward !== undefined && p.cases[at]?.ward === need.ward.code)
  const cases = [...detail.cases].sort(
    (a, b) => near(b) - near(a) || (p.cases[b]?.year ?? 0) - (p.cases[a]?.year ?? 0) || a - b,
  )
  const told = p.cases[cases[0] ?? -1]
  return { ...reason, detail: { ...detail, cases }, quote: told ? quoteFrom('case', told.result, words) : null }
}

function withMust(reason: Reason, detail: Told<'mustHave'>, profile: ProviderProfile, need: Understood): Reason {
  const must = need.mustHaves[detail.must]?.text
  const isOpen = reason.status === 'unknown' || detail.kind === 'inPart'
  const found = isOpen && must !== undefined ? findMustQuote(must, profile) : null
  // What its fields say of a part is more than that its text comes near.
  if (!found || (detail.kind === 'inPart' && found.kind !== 'said')) return reason
  return { ...reason, status: found.status, detail: { ...detail, kind: found.kind }, quote: found.quote }
}

/** Without its clause, which the firm has taken out since its text was indexed, nothing is refused. */
function withClause(reason: Reason, { clause }: Told<'refusal'>, profile: ProviderProfile): Reason[] {
  const quote = quoteOf(clause, profile)
  return quote ? [{ ...reason, quote }] : []
}

const namesOf = (service: string, lexicon: Lexicon): readonly string[] =>
  lexicon.concepts.find(({ id }) => id === serviceConcept(service))?.terms.slice(0, 2) ?? []
