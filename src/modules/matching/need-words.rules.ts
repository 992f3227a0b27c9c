import { allTexts } from '../../kernel/text.js'
import type { NeedContent, WrittenNeed } from '../needs/index.js'
import type { Given } from './understanding/understood.types.js'

/** All that a stored need says in words; musts in the language of the first text. */
export function wordsOf(need: NeedContent): string {
  const texts = [need.title, need.problem, need.outcome].flatMap(allTexts)
  return [...texts, ...need.mustHaves, ...need.niceToHaves].join('\n')
}

/** What a stored need says in fields. */
export function givenOf(need: NeedContent): Given {
  const { services, sector, budget, ward, deadline, onSite, mustHaves, tools } = need
  return { services, sector, budget, ward, deadline, onSite, mustHaves, tools }
}

/** What the matcher is asked for a stored need. */
export const askOf = ({ content, writtenAt }: WrittenNeed): { text: string; given: Given; writtenAt: Date } => ({
  text: wordsOf(content),
  given: givenOf(content),
  writtenAt,
})
