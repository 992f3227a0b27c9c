import type { ParkContext } from '../../kernel/park.js'
import type { Actor } from '../../kernel/permissions.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { Translate } from '../../platform/i18n/translator.js'
import type { StoredRecord } from '../../platform/records/record.types.js'
import type { WrittenNeed } from '../needs/index.js'
import { type ProviderRecord, shownName } from '../providers/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { NeedsForFirm } from './firm-side/needs-for-firm.service.js'
import type { MatchAnswer, MatchAsk, MatchedFirm, Matcher } from './matching.service.js'
import type { Reason } from './reasons/reason.types.js'
import { sayReason, type Telling } from './reasons/sentences.js'
import type { Understood } from './understanding/understood.types.js'

/** A record that fits, as somebody is told of it who is not looking at a page. */
export interface Finding {
  id: string
  version: number
  changedAt: Date
  slug: string
  /** What of it fits, each by a name that stays the same as long as it does. */
  met: readonly string[]
  name(lang: Lang): string
  /** The first reason, a sentence. */
  reason(lang: Lang, t: Translate): string
}

/** A need as it was typed and put right on the page of the matcher, or a stored one. */
export type Sought = Pick<MatchAsk, 'text' | 'dropped' | 'added' | 'given' | 'writtenAt'> | { need: WrittenNeed }

/** Firms that do what is asked for, the best first, at most 100; near ones are not among them. */
export type FindFirms = (actor: Actor, park: ParkContext, sought: Sought) => Promise<Finding[]>

/** As many as one look tells apart. */
const MOST_FOUND = 100

export function findFirms({ matcher, taxonomy }: { matcher: Matcher; taxonomy(): TaxonomyView }): FindFirms {
  return async (actor, park, sought) => {
    const answer = await ask(actor, park, sought)
    return answer.results.filter(({ does }) => does).map((firm) => firmFinding(firm, answer.understood, taxonomy()))
  }

  function ask(actor: Actor, park: ParkContext, sought: Sought): Promise<MatchAnswer> {
    return 'need' in sought
      ? matcher.matchNeed(actor, park, sought.need, MOST_FOUND)
      : matcher.match(actor, park, { ...sought, limit: MOST_FOUND, doersFirst: true })
  }
}

/** Open needs that a firm could serve and `actor` may see, the best first, at most 100; none for a firm that is not listed. */
export type FindNeeds = (actor: Actor, park: ParkContext, firm: ProviderRecord) => Promise<Finding[]>

export function findNeeds({
  needsForFirm,
  taxonomy,
}: {
  needsForFirm: NeedsForFirm
  taxonomy(): TaxonomyView
}): FindNeeds {
  return async (actor, park, firm) => {
    const answer = await needsForFirm.rankNeeds(actor, park, firm, MOST_FOUND)
    if (!answer) return []
    const { profile, results } = answer
    return results.flatMap(({ record, does, understood, reasons }) => {
      const title = record.published?.title
      const telling = { taxonomy: taxonomy(), need: understood, profile, reader: 'firm' } as const
      return does ? [finding(record, (lang) => pickText(title, lang)?.text ?? '', reasons, telling)] : []
    })
  }
}

function firmFinding({ record, reasons }: MatchedFirm, need: Understood, taxonomy: TaxonomyView): Finding {
  const profile = record.published
  if (!profile) throw new TypeError(`provider ${record.id} is not published`)
  return finding(record, (lang) => shownName(profile, lang).text, reasons, { taxonomy, need, profile, reader: 'need' })
}

function finding(
  { id, version, updatedAt, slug }: StoredRecord<unknown>,
  name: Finding['name'],
  reasons: readonly Reason[],
  telling: Omit<Telling, 'lang' | 't'>,
): Finding {
  const first = reasons.find(({ status }) => status === 'met') ?? reasons[0]
  return {
    ...{ id, version, changedAt: updatedAt, slug, name },
    met: reasons.filter(({ status }) => status === 'met').map(({ detail }) => nameOf(detail)),
    reason: (lang, t) => {
      if (!first) return ''
      const { title, text } = sayReason(first, { ...telling, lang, t })
      return `${title} ${text}`
    },
  }
}

/** What a reason is about, whatever its words are. */
function nameOf(detail: Reason['detail']): string {
  if (detail.criterion === 'service') return `service:${detail.service}`
  return detail.criterion === 'mustHave' ? `mustHave:${detail.must}` : detail.criterion
}
