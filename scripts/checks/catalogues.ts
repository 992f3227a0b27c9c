import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROUTES } from '../../src/kernel/routes.js'
import { AUDIT_ACTIONS, wordsOfAction } from '../../src/platform/audit/audit.actions.js'
import { AUDIT_TYPES } from '../../src/platform/audit/audit.repository.js'
import { RECORD_ACTIONS, RECORD_TYPES } from '../../src/platform/records/record.types.js'
import type { CheckResult } from './check.js'
import { filesUnder } from './files.js'

type Tree = { [key: string]: string | Tree }

// i18next's plural endings: `firms_one`, `firms_other` are one text.
const PLURAL = /_(zero|one|two|few|many|other)$/

/**
 * Checks the catalogues: every text in both languages with the same placeholders, none unused, none used that is not there,
 * and words for every act that the audit log may hold.
 * A key is used when it stands in a source or template as a literal; keys built at run time are covered by their literal
 * beginning in a template string (`fields.errors.${code}`).
 */
export function checkCatalogues(): CheckResult {
  const vi = readCatalogue('vi')
  const en = readCatalogue('en')
  const problems = [...missing(vi, en, 'en'), ...missing(en, vi, 'vi'), ...differingPlaceholders(vi, en)]
  const used = usedKeys()
  for (const key of new Set([...vi.keys(), ...en.keys()])) {
    if (!used.exact.has(key) && !used.beginnings.some((b) => key.startsWith(b))) problems.push(`${key} is not used`)
  }
  const acts = new Set<string>(AUDIT_ACTIONS)
  const catalogues = new Set([...vi.keys()].map((key) => key.split('.')[0]))
  for (const [key, file] of used.exact) {
    // Routes and audited acts are named as texts are: `needs.list`; a comment may name a part of a catalogue.
    if (key in ROUTES || acts.has(key) || [...vi.keys()].some((text) => text.startsWith(`${key}.`))) continue
    if (catalogues.has(key.split('.')[0]) && !vi.has(key))
      problems.push(`${file} uses ${key}, which is in no catalogue`)
  }
  for (const action of [...RECORD_ACTIONS, ...AUDIT_ACTIONS]) {
    if (!vi.has(wordsOfAction(action)))
      problems.push(`the audited act ${action} has no words: ${wordsOfAction(action)}`)
  }
  for (const type of [...RECORD_TYPES, ...AUDIT_TYPES]) {
    if (!vi.has(`audit.types.${type}`)) problems.push(`what is audited has no word: audit.types.${type}`)
  }
  return { problems, note: `${vi.size} texts` }
}

function readCatalogue(lang: string): Map<string, string> {
  const folder = join('src/locales', lang)
  const texts = new Map<string, string>()
  const walk = (tree: Tree, prefix: string) => {
    for (const [key, value] of Object.entries(tree)) {
      const path = `${prefix}.${key}`
      if (typeof value === 'string') texts.set(path.replace(PLURAL, ''), value)
      else walk(value, path)
    }
  }
  for (const name of readdirSync(folder)) {
    walk(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Tree, name.replace(/\.json$/, ''))
  }
  return texts
}

const missing = (from: Map<string, string>, to: Map<string, string>, lang: string) =>
  [...from.keys()].filter((key) => !to.has(key)).map((key) => `${key} is missing in ${lang}`)

function differingPlaceholders(vi: Map<string, string>, en: Map<string, string>): string[] {
  // `count` may be left out where a plural form says it in words.
  const placeholders = (text: string) =>
    [...new Set(text.match(/\{\{\s*\w+/g))]
      .filter((p) => !p.endsWith('count'))
      .sort()
      .join()
  return [...vi].flatMap(([key, text]) => {
    const other = en.get(key)
    return other !== undefined && placeholders(text) !== placeholders(other)
      ? [`${key} has other placeholders in en`]
      : []
  })
}

function usedKeys(): { exact: Map<string, string>; beginnings: string[] } {
  const exact = new Map<string, string>()
  const beginnings = new Set<string>()
  for (const file of [...filesUnder('src', '.ts'), ...filesUnder('views', '.hbs'), ...filesUnder('scripts', '.ts')]) {
    const text = readFileSync(file, 'utf8')
    for (const [, key = ''] of text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g)) exact.set(key, file)
    for (const [, start = ''] of text.matchAll(/`([a-z][\w-]*\.[\w.-]*)\$\{/g)) beginnings.add(start)
  }
  return { exact, beginnings: [...beginnings] }
}
