import type { Lang } from '../../../kernel/text.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Detail, Judgement, Status } from './judgement.types.js'
import type { Weights } from './weights.js'

type LanguageDetail = Extract<Detail, { criterion: 'language' }>

/** Whether the firm speaks the asker's language; null for Vietnamese, which every firm of the park does. */
export function judgeLanguage(language: Lang, firm: FirmFacts, weights: Weights): Judgement | null {
  if (language === 'vi') return null
  const [status, kind] = verdict(language, firm.languages)
  const detail: LanguageDetail = { criterion: 'language', kind, language, languages: firm.languages }
  return { status, value: weights.value[status], weight: weights.criteria.language, detail }
}

function verdict(language: string, languages: readonly string[]): [Status, LanguageDetail['kind']] {
  if (languages.length === 0) return ['unknown', 'unstated']
  return languages.includes(language) ? ['met', 'speaks'] : ['unmet', 'other']
}
