import type { ParkContext } from '../../kernel/park.js'
import { type Actor, can } from '../../kernel/permissions.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { RecordRepository } from '../../platform/records/record.repository.js'
import type { Finding } from '../matching/index.js'
import { type NeedContent, needResource, writtenNeed } from '../needs/index.js'
import { type ProviderProfile, shownName } from '../providers/index.js'
import type { TypedNeed, WatchRow } from './alerts.model.js'
import type { AlertDeps } from './alerts.ports.js'

/** What is watched, or is to be. */
export type About = { kind: 'words'; typed: TypedNeed } | { kind: 'need' | 'firm'; id: string }

/** It as somebody sees it who may watch it. */
export interface Thing {
  about: About
  label(lang: Lang): string
  /** Its own page; null where the reader has none. */
  path(lang: Lang): string | null
  /** All that fits it now. */
  look(): Promise<Finding[]>
}

const LABEL_LENGTH = 120

/** Finds what `actor` may watch; null for what there is not any more, has ended or is not his. */
export const thingFinder =
  ({ records, findFirms, findNeeds }: Pick<AlertDeps, 'findFirms' | 'findNeeds'> & { records: RecordRepository }) =>
  async (actor: Actor, park: ParkContext, about: About): Promise<Thing | null> => {
    switch (about.kind) {
      case 'words':
        return wordsThing(about.typed)
      case 'need':
        return needThing(about.id)
      case 'firm':
        return firmThing(about.id)
    }

    function wordsThing(typed: TypedNeed): Thing {
      const { text, dropped, added, ward } = typed
      return {
        about: { kind: 'words', typed },
        label: () => shortened(text),
        path: (lang) => pathTo('match', lang, {}, { text, drop: dropped, add: added, ward: ward ?? undefined }),
        look: () => findFirms(actor, park, { text, dropped, added, given: { ward: ward ?? undefined } }),
      }
    }

    async function needThing(id: string): Promise<Thing | null> {
      const need = await records.byId<NeedContent>('need', id)
      const content = need && (need.published ?? need.working)
      if (!need || !content || need.parkId !== park.id || need.archivedAt) return null
      if (need.status === 'closed' || need.status === 'expired') return null
      if (!can(actor, 'alert:watch', needResource(need))) return null
      return {
        about: { kind: 'need', id },
        label: (lang) => shortened(pickText(content.title, lang)?.text ?? ''),
        path: (lang) => (actor.kind === 'person' ? pathTo('account.need', lang, { need: id }) : null),
        look: () => findFirms(actor, park, { need: writtenNeed(content, need) }),
      }
    }

    async function firmThing(id: string): Promise<Thing | null> {
      const firm = await records.survivor<ProviderProfile>('provider', id)
      // One that is withheld for a time finds nothing meanwhile.
      if (!firm?.published || firm.parkId !== park.id || firm.archivedAt) return null
      if (!can(actor, 'alert:watch', { type: 'organisation', id: firm.id })) return null
      const { published } = firm
      return {
        about: { kind: 'firm', id: firm.id },
        label: (lang) => shownName(published, lang).text,
        path: (lang) => pathTo('organisations.matches', lang, { organisation: firm.id }),
        look: () => findNeeds(actor, park, firm),
      }
    }
  }

/** Whether it is what was typed, which anybody may be told of. */
export const isTyped = (thing: Thing): thing is Thing & { about: { kind: 'words' } } => thing.about.kind === 'words'

/** What watches are called before somebody who holds a link to end or confirm them. */
export const labelFinder =
  ({ records }: { records: RecordRepository }) =>
  (rows: readonly WatchRow[], lang: Lang): Promise<string[]> =>
    Promise.all(
      rows.map(async ({ kind, about, typed }) => {
        if (kind === 'words') return shortened(typed?.text ?? '')
        if (kind === 'firm') {
          const firm = (await records.survivor<ProviderProfile>('provider', about))?.published
          return firm ? shownName(firm, lang).text : ''
        }
        const need = await records.byId<NeedContent>('need', about)
        return shortened(pickText((need?.published ?? need?.working)?.title, lang)?.text ?? '')
      }),
    )

export type FindThing = ReturnType<typeof thingFinder>

/** What a watch is about; null once it has ended and its words are gone. */
export function aboutOf({ kind, about, typed }: Pick<WatchRow, 'kind' | 'about' | 'typed'>): About | null {
  if (kind !== 'words') return { kind, id: about }
  return typed && { kind, typed }
}

/** A text in one line that is not too long to be told apart by. */
const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= LABEL_LENGTH ? line : `${line.slice(0, LABEL_LENGTH).replace(/\s+\S*$/, '')}…`
}
