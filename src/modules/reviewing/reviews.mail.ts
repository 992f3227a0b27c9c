import type { ParkContext } from '../../kernel/park.js'
import { type Lang, type LocalText, pickText } from '../../kernel/text.js'
import type { Translate } from '../../platform/i18n/translator.js'
import type { FieldChange } from '../../platform/records/compare-fields.js'
import type { CaseRow, FieldNote, Settlement } from '../curation/index.js'
import { saidIn } from '../curation/index.js'
import { notesInWords } from './field-notes.js'

interface DecisionMail {
  /** Names the texts: `listing-approved`. */
  kind: string
  name: LocalText
  /** What the curator says to him, in his language. */
  note?: string | ((t: Translate, lang: Lang) => string)
  /** What curators changed of what he sent, in his language. */
  edited?: ((t: Translate, lang: Lang) => readonly FieldChange[]) | undefined
  /** Where to go on. */
  link(lang: 'vi' | 'en'): string
  /** Where he follows it, once he is signed in. */
  own?(lang: 'vi' | 'en'): string
}

/** Tells who waited what was decided. */
export const decisionMail =
  (park: ParkContext, { kind, name, note = '', edited, link, own }: DecisionMail): NonNullable<Settlement['mail']> =>
  (t, lang) => {
    const words = { name: pickText(name, lang)?.text ?? '', park: pickText(park.name, lang)?.text ?? '' }
    const said = typeof note === 'string' ? note : note(t, lang)
    const changes = edited?.(t, lang) ?? []
    return {
      subject: t(`curation.mail.${kind}.subject`, words),
      text:
        t(`curation.mail.${kind}.text`, { ...words, note: said, link: link(lang), ...(own && { own: own(lang) }) }) +
        (changes.length > 0
          ? `\n${t('deciding.edited.lead')}\n${changes.map((one) => changeLine(one, t)).join('\n')}\n`
          : ''),
    }
  }

// Of long texts the beginning will do: the whole is on the page.
const LONGEST = 160

/** "– Địa chỉ: Bến cũ → Bến mới" */
function changeLine({ label, before, after }: FieldChange, t: Translate): string {
  const side = (values: FieldChange['before']) => {
    const text = values.map(({ stretches }) => stretches.map((one) => one.text).join('')).join(' · ')
    return cut(text.replace(/\s+/g, ' ').trim()) || t('common.changes.nothing')
  }
  return `– ${label}: ${side(before)} → ${side(after)}`
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text)

/** The words of a decision for its mail: the reason, the note, and what was written at the fields. */
export const saidInMail =
  (type: CaseRow['type'], said: { note: string | null; reason?: LocalText; fieldNotes?: readonly FieldNote[] }) =>
  (t: Translate, lang: Lang): string =>
    [saidIn(said, lang), notesInWords(type, said.fieldNotes ?? [], t)].filter(Boolean).join('\n\n')
