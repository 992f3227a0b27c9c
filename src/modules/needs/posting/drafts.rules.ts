import type { Suggestions } from '../needs.ports.js'
import type { NeedContent } from '../needs.schemas.js'
import { BUDGETS, type ContactStep, type DetailsStep, type ProblemStep, SAID } from './steps.schemas.js'

/** A need being written. */
export interface Draft {
  /** The key of the page it will have, made beforehand: sending it twice leads there both times. */
  key: string
  problem: ProblemStep
  /** What the problem's own words say. */
  suggested: Suggestions
  details?: DetailsStep
}

/** Drafts by id, and the keys of those that were sent. They live in the session, so that they survive a closed tab. */
export interface Drafts {
  open: Record<string, Draft>
  sent: Record<string, string>
  /** Ids of the needs that somebody signed in made of drafts. */
  posted?: Record<string, string>
}

/** What a draft has become: a guest's need, behind its key, or that of somebody signed in. */
export type Sent = { key: string } | { need: string }

// A session is small; the oldest draft makes room for a new one.
const MOST_DRAFTS = 5
const MOST_SENT = 20

export const noDrafts = (): Drafts => ({ open: {}, sent: {} })

/** What has become of a draft: still being written, sent, or not in this session. */
export type FoundDraft = { state: 'open'; draft: Draft } | { state: 'sent'; sent: Sent } | { state: 'lost' }

export function findDraft({ open, sent, posted = {} }: Drafts, id: string): FoundDraft {
  const draft = own(open, id)
  if (draft) return { state: 'open', draft }
  const key = own(sent, id)
  if (key) return { state: 'sent', sent: { key } }
  const need = own(posted, id)
  return need ? { state: 'sent', sent: { need } } : { state: 'lost' }
}

export const putDraft = (drafts: Drafts, id: string, draft: Draft): Drafts => ({
  ...drafts,
  open: newest({ ...without(drafts.open, id), [id]: draft }, MOST_DRAFTS),
})

/** The draft has become a need. */
export const markSent = ({ open, sent, posted = {} }: Drafts, id: string, as: Sent): Drafts => ({
  open: without(open, id),
  sent: 'key' in as ? newest({ ...sent, [id]: as.key }, MOST_SENT) : sent,
  posted: 'need' in as ? newest({ ...posted, [id]: as.need }, MOST_SENT) : posted,
})

const LONGEST_TITLE = 80

/** The first words of the problem as a title to start from, cut at a word and without a comma left hanging. */
export function titleFrom(problem: string): string {
  const first = problem.split(/[.!?\n]/)[0]?.trim() ?? ''
  if (first.length <= LONGEST_TITLE) return first
  const space = first.lastIndexOf(' ', LONGEST_TITLE)
  return first.slice(0, space > LONGEST_TITLE / 2 ? space : LONGEST_TITLE).replace(/[\s,;:–-]+$/, '')
}

/** The finished need. What was left open stays unknown. It is anonymous: who it is from is told once both sides agree. */
export function toContent(draft: Draft, details: DetailsStep, { title }: Pick<ContactStep, 'title'>): NeedContent {
  const { problem, suggested } = draft
  const written = (text: string) => ({ [suggested.language]: text })
  const budget = budgetOf(draft, details)
  return {
    title: written(title),
    anonymous: true,
    problem: written(problem.problem),
    services: details.services,
    tools: toolsIn(details.tools ?? ''),
    mustHaves: details.mustHaves ?? [],
    niceToHaves: [],
    visibility: 'public',
    maxResponders: 3,
    ...(details.outcome && { outcome: written(details.outcome) }),
    ...(details.sector && { sector: details.sector }),
    ...(details.ward && { ward: details.ward }),
    ...(budget && { budget }),
    ...(details.deadline && { deadline: details.deadline }),
    ...(details.onSite && { onSite: details.onSite === 'yes' }),
  }
}

/** The amount behind the chosen budget; his own figure is kept as he said it, not widened to a band. */
function budgetOf({ suggested }: Draft, { budget }: DetailsStep): NeedContent['budget'] {
  if (!budget) return undefined
  return budget === SAID ? (suggested.budget ?? undefined) : BUDGETS[budget]
}

const MOST_TOOLS = 10

/** "Excel, sổ tay; Zalo" as a list. */
const toolsIn = (text: string): string[] =>
  text
    .split(/[,;]/)
    .flatMap((one) => one.trim().slice(0, 100) || [])
    .slice(0, MOST_TOOLS)

// A draft's id comes from the address, and "constructor" is no draft.
const own = <T>(record: Record<string, T>, id: string): T | undefined =>
  Object.hasOwn(record, id) ? record[id] : undefined

function without<T>(record: Record<string, T>, id: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id))
}

const newest = <T>(record: Record<string, T>, most: number): Record<string, T> =>
  Object.fromEntries(Object.entries(record).slice(-most))
