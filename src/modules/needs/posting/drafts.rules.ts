import { allTexts, type Lang } from '../../../kernel/text.js'
import type { NeedContent } from '../needs.schemas.js'
import { BUDGETS, type ContactStep, type DetailsStep, type ProblemStep } from './steps.schemas.js'

/** A need being written. It lives in the session, so that it survives a closed tab; several can be written side by side. */
export interface Draft {
  problem?: ProblemStep
  details?: DetailsStep
}

/** Drafts by id, and the pages of those that were sent: sending one twice leads to the page of the first. */
export interface Drafts {
  open: Record<string, Draft>
  sent: Record<string, string>
}

// A session is small; the oldest draft makes room for a new one.
const MOST_DRAFTS = 5
const MOST_SENT = 20

export const noDrafts = (): Drafts => ({ open: {}, sent: {} })

export const putDraft = (drafts: Drafts, id: string, draft: Draft): Drafts => ({
  ...drafts,
  open: newest({ ...without(drafts.open, id), [id]: draft }, MOST_DRAFTS),
})

/** The draft has become the need behind `key`. */
export const markSent = (drafts: Drafts, id: string, key: string): Drafts => ({
  open: without(drafts.open, id),
  sent: newest({ ...drafts.sent, [id]: key }, MOST_SENT),
})

/** The first words of the problem as a title to start from, cut at a word. */
export function titleFrom(problem: string): string {
  const first = problem.split(/[.!?\n]/)[0]?.trim() ?? ''
  if (first.length <= 80) return first
  return first.slice(0, first.lastIndexOf(' ', 80) > 40 ? first.lastIndexOf(' ', 80) : 80)
}

/** The finished need. What the guest left open stays unknown. Guests' needs are anonymous: there is no business to name. */
export function toContent(problem: ProblemStep, details: DetailsStep, contact: ContactStep, lang: Lang): NeedContent {
  return {
    title: { [lang]: contact.title },
    anonymous: true,
    problem: { [lang]: problem.problem },
    services: details.services,
    tools: details.tools ? [details.tools.slice(0, 100)] : [],
    mustHaves: details.mustHaves ?? [],
    niceToHaves: [],
    visibility: 'public',
    maxResponders: 3,
    ...(problem.sector && { sector: problem.sector }),
    ...(details.ward && { ward: details.ward }),
    ...(details.budget && { budget: BUDGETS[details.budget] }),
    ...(details.deadline && { deadline: details.deadline }),
    ...(details.onSite && { onSite: details.onSite === 'yes' }),
  }
}

/** All that a need says in words, as the matcher reads it. */
export const wordsOf = (need: Pick<NeedContent, 'title' | 'problem' | 'outcome'>): string =>
  [need.title, need.problem, need.outcome].flatMap(allTexts).join('\n')

function without<T>(record: Record<string, T>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id))
}

const newest = <T>(record: Record<string, T>, most: number): Record<string, T> =>
  Object.fromEntries(Object.entries(record).slice(-most))
