import { type LocalText, pickText } from '../../../kernel/text.js'
import { languageName } from '../../../platform/i18n/languages.js'
import { placeName } from '../../geography/index.js'
import type { ProviderProfile } from '../../providers/index.js'
import type { FormWords } from '../forms/options.views.js'
import { type Difference, differences, listDifferences, textKey } from './changes.rules.js'
import type { Profile } from './sections/section.types.js'

/** One line of "what will change". View model of `organisations/_changes.hbs`. */
export interface ChangeView {
  label: string
  /** What stood there, and what will; in short. */
  gone: readonly string[]
  come: readonly string[]
}

const LONGEST = 140

/** What will change on the public page once the park has agreed. */
export function changesView(before: Profile, after: Profile, words: FormWords): ChangeView[] {
  return differences(before, after).map((difference) => ({
    label: labelOf(difference.field, words),
    ...contentsOf(difference, words),
  }))
}

function labelOf(field: string, { context: { t } }: FormWords): string {
  const [name = '', part = ''] = field.split('.')
  if (name === 'contacts') return t(`organisations.field.${part}`)
  const label = t(`organisations.field.${name}`)
  return part === 'en' ? t('organisations.form.inEnglish', { label }) : label
}

function contentsOf({ field, before, after }: Difference, words: FormWords): Pick<ChangeView, 'gone' | 'come'> {
  const key = LIST_KEYS[field]
  if (!key) return { gone: shown(field, before, words), come: shown(field, after, words) }
  const { t } = words.context
  const list = listDifferences((before ?? []) as unknown[], (after ?? []) as unknown[], key.of)
  const name = (one: string) => cut(key.name(one, words))
  const come = [
    ...list.come.map(name),
    ...list.other.map((one) => t('organisations.changes.other', { name: name(one) })),
  ]
  // The same in another order.
  if (list.gone.length + come.length === 0) return { gone: [], come: [t('organisations.changes.order')] }
  return { gone: list.gone.map(name), come }
}

interface ListKey {
  of(item: unknown): string
  name(key: string, words: FormWords): string
}

const asIs = (key: string) => key
const text = (pick: (item: never) => LocalText): ListKey => ({ of: (item) => textKey(pick(item as never)), name: asIs })
const term = (kind: 'service' | 'sector'): ListKey => ({
  of: String,
  name: (key, { taxonomy, context }) => taxonomy.name(kind, key, context.lang),
})
const place: ListKey = { of: String, name: (key) => placeName(key) }
const word: ListKey = { of: String, name: asIs }

const LIST_KEYS: Readonly<Record<string, ListKey>> = {
  services: { ...term('service'), of: (item) => (item as ProviderProfile['services'][number]).service },
  cases: text((item: ProviderProfile['cases'][number]) => item.client),
  offers: text((item: ProviderProfile['offers'][number]) => item.title),
  features: text((item: LocalText) => item),
  benefits: text((item: LocalText) => item),
  sectors: term('sector'),
  provinces: place,
  wards: place,
  certifications: word,
  tools: word,
  languages: { of: String, name: (key, { context }) => languageName(context.lang, key) ?? key },
}

function shown(field: string, value: unknown, { taxonomy, context }: FormWords): string[] {
  const { t, lang } = context
  if (value === undefined || value === null || value === '') return []
  if (typeof value === 'boolean') return [t(`organisations.form.answer.${value ? 'yes' : 'no'}`)]
  if (field === 'sizeBand') return [taxonomy.name('sizeBand', String(value), lang)]
  if (field === 'sector') return [taxonomy.name('sector', String(value), lang)]
  if (field === 'kind') return [t(`businesses.kind.${String(value)}`)]
  if (field === 'ward') return [placeName(String(value), true)]
  if (field.startsWith('contacts.')) {
    const { value: given, visibility } = value as { value: string; visibility: string }
    return [`${given} (${t(`organisations.visibility.${visibility}`)})`]
  }
  if (typeof value === 'object') return [cut(pickText(value as LocalText, lang)?.text ?? '')]
  return [cut(String(value))]
}

const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text)
