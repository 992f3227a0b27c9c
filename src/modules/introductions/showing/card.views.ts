import { pickText, type ShownText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatRelative } from '../../../platform/i18n/formats.js'
import type { Link } from '../../../platform/views/models/lists.js'
import { dayWords } from '../../needs/index.js'
import { shownName } from '../../providers/index.js'
import { contentOf, type Parties } from '../introductions.parties.js'
import { hasAsked, type SeenIntroduction } from '../introductions.reading.js'
import { mayTellOutcome } from '../rules/introductions.rules.js'
import { type ContactsView, contactsView } from './contacts.views.js'

export interface Words {
  context: RequestContext
  now: Date
}

/** View model of `introductions/_card.hbs`: one introduction in a list. */
export interface CardView {
  href: string
  name: ShownText
  state: string
  /** Whether it is this side's turn. */
  urgent: boolean
  /** What the other side wrote last: its message, or why it said no. */
  quote: ShownText | null
  contacts: ContactsView | null
  actions: readonly (Link & { primary: boolean })[]
}

export function cardView(seen: SeenIntroduction, href: string, words: Words): CardView {
  const { context } = words
  const { t } = context
  const turn = turnOf(seen)
  return {
    href,
    name: otherName(seen, context),
    state: stateWords(seen, words),
    urgent: turn !== null,
    quote: quoteOf(seen, context),
    contacts: contactsView(seen, context),
    actions: [{ href, label: t(`introductions.card.${turn ?? 'open'}`), primary: turn !== null }],
  }
}

/** What this side is waited for; null when it is not its turn, or not his to act. */
export function turnOf({ row, side, may, ...seen }: SeenIntroduction): 'answer' | 'outcome' | null {
  if (row.state === 'open' && may.answer && !hasAsked({ row, side, may, ...seen })) return 'answer'
  return row.state === 'accepted' && may.tellOutcome && side && mayTellOutcome(row, side) ? 'outcome' : null
}

/** For the need's side the firm's name; for the firm's side, and the park's staff, what the need is called. */
export function otherName({ side, need, firm }: SeenIntroduction, { lang }: RequestContext): ShownText {
  return side === 'need' ? firmName({ firm }, lang) : (pickText(contentOf(need)?.title, lang) ?? { text: '', lang })
}

export const firmName = ({ firm }: Pick<Parties, 'firm'>, lang: RequestContext['lang']): ShownText =>
  firm.published ? shownName(firm.published, lang) : { text: firm.slug, lang }

const MINUTE_MS = 60_000

/** How it stands, in a sentence. */
export function stateWords(seen: SeenIntroduction, { context, now }: Words): string {
  const { row, side } = seen
  const { t, lang } = context
  const who = side === null ? 'staff' : hasAsked(seen) ? 'asker' : 'answerer'
  const params = {
    ago:
      now.getTime() - row.createdAt.getTime() < MINUTE_MS
        ? t('introductions.justNow')
        : formatRelative(lang, row.createdAt, now),
    sent: dayWords(row.createdAt, context),
    due: dayWords(row.dueOn, context),
    date: dayWords(row.settledAt ?? row.createdAt, context),
    reason: row.declined ? t(`introductions.reasons.${row.declined.reason}`) : '',
  }
  const key = stateKey(seen)
  return key === 'accepted' || key === 'ended' || key === 'unanswered' || key === 'left'
    ? t(`introductions.state.${key}`, params)
    : t(`introductions.state.${who}.${key}`, params)
}

function stateKey({ row }: SeenIntroduction) {
  if (row.state === 'lapsed')
    return row.lapsed === 'left' ? 'left' : row.lapsed === 'no-answer' ? 'unanswered' : 'ended'
  if (row.state !== 'open') return row.state
  if (!row.withCuratorsAt) return 'waiting'
  // Handed over the moment it began: nobody here speaks for that side yet.
  return row.withCuratorsAt.getTime() === row.createdAt.getTime() ? 'called' : 'with-curators'
}

/** Words written by the other side; the park's staff do not read along. */
function quoteOf(seen: SeenIntroduction, { lang }: RequestContext): ShownText | null {
  const { row, side } = seen
  if (side === null) return null
  const words = hasAsked(seen) ? row.declined?.words : row.message
  return words ? { text: words, lang } : null
}
