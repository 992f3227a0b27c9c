import type { Translate } from '../../../platform/i18n/translator.js'
import type { RowProblem } from '../importing.types.js'
import { reasonText } from '../importing.views.js'

/** A field in words: `name_vi` is the name in Vietnamese. */
export function fieldLabel(t: Translate, name: string): string {
  const [, base = name, lang] = /^(.+)_(vi|en)$/.exec(name) ?? []
  const label = t(`importing.columns.${base}`)
  return lang ? t(`importing.languages.${lang}`, { field: label }) : label
}

/** What is wrong with a row, a sentence each with the field it is about. */
export function cellProblems(t: Translate, problems: readonly RowProblem[]): string[] {
  return problems.map((problem) => {
    const reason = reasonText(t, problem)
    return problem.field === null ? reason : `${fieldLabel(t, problem.field)}: ${reason}`
  })
}
