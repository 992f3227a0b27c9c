import type { ParkContext } from '../../kernel/park.js'
import { type Lang, type LocalText, pickText } from '../../kernel/text.js'
import type { Translate } from '../../platform/i18n/translator.js'
import type { CaseRow, FieldNote, Settlement } from '../curation/index.js'
import { saidIn } from '../curation/index.js'
import { notesInWords } from './field-notes.js'

interface DecisionMail {
  /** Names the texts: `listing-approved`. */
  kind: string
  name: LocalText
  /** What the curator says to him, in his language. */
  note?: string | ((t: Translate, lang: Lang) => string)
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
    const said = typeof note === 'string' ? note : note(t, lang)
    return {
      subject: t(`curation.mail.${kind}.subject`, words),
      text: t(`curation.mail.${kind}.text`, { ...words, note: said, link: link(lang), ...(own && { own: own(lang) }) }),
    }
  }

/** The words of a decision for its mail: the reason, the note, and what was written at the fields. */
export const saidInMail =
  (type: CaseRow['type'], said: { note: string | null; reason?: LocalText; fieldNotes?: readonly FieldNote[] }) =>
  (t: Translate, lang: Lang): string =>
    [saidIn(said, lang), notesInWords(type, said.fieldNotes ?? [], t)].filter(Boolean).join('\n\n')
