import type { ParkContext } from '../../kernel/park.js'
import { pathTo } from '../../kernel/routes.js'
import { type Lang, pickText } from '../../kernel/text.js'
import { formatDate } from '../../platform/i18n/formats.js'
import type { Translate } from '../../platform/i18n/translator.js'
import { shownName } from '../providers/index.js'
import { contentOf, type Parties } from './introductions.parties.js'
import type { Side } from './rules/introductions.types.js'

/** What a mail tells; each is a text of the catalogue, `introductions.mail.<notice>.<side>`. */
export type Notice =
  | 'asked'
  /** To a firm that nobody here speaks for, at its own address. */
  | 'invited'
  | 'reminder'
  /** The other side said yes; `agreed`: one's own yes, to come back by. */
  | 'accepted'
  | 'agreed'
  | 'declined'
  | 'withdrawn'
  | 'ended'
  | 'unanswered'
  | 'left'
  | 'outcome'

interface MailTools {
  translate(lang: Lang): Translate
  park: ParkContext
}

/** The words of a mail in its receiver's language. Contacts never stand in it: the link leads to where they are open. */
export function introductionMail(
  { translate, park }: MailTools,
  { row, need, firm }: Parties,
  { notice, side, lang, link }: { notice: Notice; side: Side; lang: Lang; link: string },
): { subject: string; text: string } {
  const t = translate(lang)
  const title = pickText(contentOf(need)?.title, lang)?.text ?? ''
  const name = firm.published ? shownName(firm.published, lang).text : ''
  const reason = row.declined ? t(`introductions.reasons.${row.declined.reason}`) : ''
  const params = {
    ...{ title, firm: name, link, reason, park: pickText(park.name, lang)?.text ?? '' },
    due: formatDate(lang, row.dueOn, park.timeZone),
    words: quoted(t, notice === 'declined' ? row.declined?.words : notice === 'asked' ? row.message : null),
  }
  const key = `introductions.mail.${notice}.${side}`
  return { subject: t(`${key}.subject`, params), text: t(`${key}.text`, params) }
}

/** What the other side wrote, as a paragraph of its own; nothing where it wrote nothing. */
const quoted = (t: Translate, words: string | null | undefined): string =>
  words ? `${t('introductions.mail.quoted', { words })}\n\n` : ''

/** Where each side sees an introduction; a guest by the key of his link. */
export const placeOf = (publicUrl: string, lang: Lang, introduction: string, key: string | null): string =>
  publicUrl +
  (key
    ? pathTo('needs.introduction', lang, { key, introduction })
    : pathTo('introductions.show', lang, { introduction }))
