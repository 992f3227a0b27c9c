import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInstance, type Resource } from 'i18next'
import { memo } from '../../kernel/memo.js'
import { LANGUAGES, type Lang } from '../../kernel/text.js'
import { PROJECT_ROOT } from '../project-root.js'
import { formatNumber } from './formats.js'

/**
 * A text of the catalogue by its key, `<catalogue>.<path>`, with `{{name}}` filled from `params`; `count` chooses the plural form.
 * Numbers are written as the language does. The result is plain text: whoever prints it escapes it.
 */
export type Translate = (key: string, params?: Readonly<Record<string, string | number>>) => string

export interface TranslatorOptions {
  /** Folder with one subfolder a language; the product's own by default. */
  folder?: string
  /** Whether a missing key or parameter throws (the default); otherwise the key stands in for the text. */
  strict?: boolean
}

/** Reads every catalogue once and returns the text function of each language. */
export function createTranslator({ folder, strict = true }: TranslatorOptions = {}): (lang: Lang) => Translate {
  const root = folder ?? join(PROJECT_ROOT, 'src', 'locales')
  const resources: Resource = {}
  for (const lang of LANGUAGES) resources[lang] = { all: readCatalogues(join(root, lang)) }

  const missing = (what: string) => {
    if (strict) throw new MissingText(what)
  }
  const i18n = createInstance()
  void i18n.init({
    resources,
    lng: 'vi',
    fallbackLng: false,
    ns: ['all'],
    defaultNS: 'all',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnEmptyString: false,
    parseMissingKeyHandler: (key) => {
      missing(`text "${key}"`)
      return key
    },
    missingInterpolationHandler: (text, value: unknown) => {
      missing(`parameter ${String(Array.isArray(value) ? value[0] : value)} of "${text}"`)
      return ''
    },
  })
  const byLang: Record<Lang, Translate> = { vi: fixed('vi'), en: fixed('en') }
  return (lang) => byLang[lang]

  function fixed(lang: Lang): Translate {
    const t = i18n.getFixedT(lang)
    // Most texts are always the same, and a page has hundreds of them.
    const bare = memo((key) => t(key))
    // `count` chooses the plural form as a number; what is printed comes from `replace`.
    return (key, params) => (params ? t(key, { ...params, replace: written(params, lang) }) : bare(key))
  }
}

function written(params: Readonly<Record<string, string | number>>, lang: Lang): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' ? formatNumber(lang, value) : value,
    ]),
  )
}

/** A page asks for a text that no catalogue has. */
export class MissingText extends Error {
  override readonly name = 'MissingText'
  constructor(what: string) {
    super(`the catalogue lacks ${what}`)
  }
}

function readCatalogues(folder: string): Record<string, unknown> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return Object.fromEntries(
    files.map((name) => [basename(name, '.json'), JSON.parse(readFileSync(join(folder, name), 'utf8'))]),
  )
}
