import type { ParkContext } from '../../kernel/park.js'
import { type LocalText, pickText } from '../../kernel/text.js'
import type { Settlement } from '../curation/index.js'

interface DecisionMail {
  /** Names the texts: `listing-approved`. */
  kind: string
  name: LocalText
  note?: string
  /** Where to go on. */
  link(lang: 'vi' | 'en'): string
  /** Where he follows it, once he is signed in. */
  own?(lang: 'vi' | 'en'): string
}

/** Tells who waited what was decided. */
export const decisionMail =
  (park: ParkContext, { kind, name, note = '', link, own }: DecisionMail): NonNullable<Settlement['mail']> =>
  (t, lang) => {
    const words = { name: pickText(name, lang)?.text ?? '', park: pickText(park.name, lang)?.text ?? '' }
    return {
      subject: t(`curation.mail.${kind}.subject`, words),
      text: t(`curation.mail.${kind}.text`, { ...words, note, link: link(lang), ...(own && { own: own(lang) }) }),
    }
  }
