import type { z } from 'zod'
import type { RequestContext } from '../../platform/http/context.js'
import { placeName } from '../geography/index.js'
import { shownName } from '../providers/index.js'
import type { TaxonomyView } from '../taxonomy/index.js'
import type { matchAnswer } from './matching.schemas.js'
import type { MatchAnswer, MatchedFirm } from './matching.service.js'
import { sayReason } from './reasons/sentences.js'
import type { Understood, UnderstoodTerm } from './understanding/understood.types.js'

type Answer = z.infer<typeof matchAnswer>
type Result = Answer['results'][number]

export function toMatchAnswer(answer: MatchAnswer, taxonomy: TaxonomyView, context: RequestContext): Answer {
  return {
    understood: toUnderstood(answer.understood, taxonomy, context),
    nobody: answer.verdict !== 'answered',
    vague: answer.verdict === 'vague',
    results: answer.results.map((firm) => toResult(firm, answer.understood, taxonomy, context)),
  }
}

function toUnderstood(u: Understood, taxonomy: TaxonomyView, { lang }: RequestContext): Answer['understood'] {
  const term = (kind: 'service' | 'sector') => (one: UnderstoodTerm) => ({
    id: one.id,
    name: taxonomy.name(kind, one.id, lang),
    confidence: rounded(one.weight),
  })
  return {
    language: u.language,
    services: u.services.map(term('service')),
    sectors: u.sectors.map(term('sector')),
    negated: u.negated.map((id) => ({ id, name: taxonomy.name('service', id, lang) })),
    budget: u.budget ? { min: u.budget.min ?? null, max: u.budget.max ?? null } : null,
    ward: u.ward ? { code: u.ward.code, name: placeName(u.ward.code) } : null,
    onSite: u.onSite?.value ?? null,
    deadline: u.deadline?.date ?? null,
    mustHaves: u.mustHaves.map((must) => must.text),
  }
}

function toResult(firm: MatchedFirm, need: Understood, taxonomy: TaxonomyView, { lang, t }: RequestContext): Result {
  const { record } = firm
  const profile = record.published
  if (!profile) throw new TypeError(`provider ${record.id} is not published`)
  return {
    provider: {
      id: record.id,
      externalId: record.externalId,
      slug: record.slug,
      name: shownName(profile, lang).text,
    },
    score: rounded(firm.score),
    newcomer: firm.newcomer,
    reasons: firm.reasons.map((reason) => {
      const said = sayReason(reason, { lang, t, taxonomy, need, profile })
      const sentence = `${said.title} ${said.text}`
      return {
        criterion: reason.criterion,
        status: reason.status,
        weight: rounded(reason.weight),
        evidence: said.quote ? `${sentence}: “${said.quote.text}”` : sentence,
        quote: said.quote?.text ?? null,
      }
    }),
  }
}

const rounded = (value: number) => Math.round(value * 10_000) / 10_000
