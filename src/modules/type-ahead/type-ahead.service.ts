import { pickText, type ShownText } from '../../kernel/text.js'
import type { RequestContext } from '../../platform/http/context.js'
import { spansIn } from '../../platform/records/highlights.js'
import type { Found, Listing } from '../../platform/records/listing.service.js'
import type { Spans } from '../../platform/views/models/lists.js'
import type { BusinessService } from '../businesses/index.js'
import type { NeedService } from '../needs/index.js'
import { type ProviderService, shownName } from '../providers/index.js'
import type { TaxonomyView, TermKind } from '../taxonomy/index.js'
import { beginsName, type NamedTerm, termsNamed } from './terms.rules.js'

/** The lists whose search boxes suggest something. */
export const SUGGESTING = ['providers', 'businesses', 'needs'] as const
export type Suggesting = (typeof SUGGESTING)[number]

/** A record by its name. */
export interface NamedRecord {
  slug: string
  name: ShownText
  spans: Spans
}

/** What may be meant by the beginning of what somebody types. */
export interface Suggested {
  terms: NamedTerm[]
  records: NamedRecord[]
}

export interface TypeAheadDeps {
  providers: ProviderService
  businesses: BusinessService
  needs: NeedService
  taxonomy(): TaxonomyView
}

/** Fewer letters begin too much. */
const LEAST_LETTERS = 2
const MOST_TERMS = 4
const MOST_RECORDS = 3
/** Of those found, some are found by other than their names. */
const ASKED_FOR = 5

const TERMS: Readonly<Record<Suggesting, readonly TermKind[]>> = {
  providers: ['service', 'sector'],
  businesses: ['sector'],
  needs: ['service', 'sector'],
}

/** What the typed words may go on to: entries of the taxonomy, and records that the viewer may see. One question to the engine. */
export const typeAhead =
  (deps: TypeAheadDeps) =>
  async (list: Suggesting, typed: string, context: RequestContext): Promise<Suggested> => {
    if ((typed.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < LEAST_LETTERS) return { terms: [], records: [] }
    const { found, readAs } = await namedIn(deps, list, typed, context)
    const { taxonomy } = deps.taxonomy()
    const terms = (words: string) => termsNamed(words, taxonomy, TERMS[list], MOST_TERMS)
    const asTyped = terms(typed)
    return {
      terms: asTyped.length > 0 || readAs === null ? asTyped : terms(readAs),
      records: found.slice(0, MOST_RECORDS),
    }
  }

/** The records of the list that are found by their names. */
async function namedIn(deps: TypeAheadDeps, list: Suggesting, typed: string, context: RequestContext) {
  const { lang } = context
  if (list === 'providers') return search(deps.providers, 'name', typed, context, (firm) => shownName(firm, lang))
  if (list === 'businesses') return search(deps.businesses, 'name', typed, context, ({ name }) => pickText(name, lang))
  return search(deps.needs, 'title', typed, context, ({ title }) => pickText(title, lang), { state: ['open'] })
}

async function search<Content>(
  listing: Listing<Content>,
  field: string,
  typed: string,
  { actor, park }: RequestContext,
  nameOf: (content: Content) => ShownText | null,
  selected: Readonly<Record<string, readonly string[]>> = {},
): Promise<{ found: NamedRecord[]; readAs: string | null }> {
  const { found, readAs } = await listing.list(actor, park.id, {
    q: typed,
    limit: ASKED_FOR,
    selected,
    highlight: [field],
  })
  const named = ({ record, hit }: Found<Content>): NamedRecord[] => {
    const name = record.published && nameOf(record.published)
    if (!name || ![typed, readAs ?? typed].some((words) => beginsName(words, name.text))) return []
    return [{ slug: record.slug, name, spans: spansIn(hit, field, name.text) }]
  }
  return { found: found.flatMap(named), readAs }
}
