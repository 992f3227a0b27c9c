import type { Request, Response } from 'express'
import type { z } from 'zod'
import { type Clock, plainDateIn } from '../../../kernel/clock.js'
import { type FieldError, NotFound } from '../../../kernel/errors.js'
import { line, termId } from '../../../kernel/fields.js'
import { newId, newLinkKey } from '../../../kernel/ids.js'
import { contextOf, type RequestContext } from '../../../platform/http/context.js'
import { many, readPageQuery } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { type FormResult, readForm } from '../../../platform/http/validate.js'
import type { Lexicon } from '../../../platform/search/index.js'
import type { TaxonomyView } from '../../taxonomy/index.js'
import { needDetails } from '../needs.details.views.js'
import type { Understand } from '../needs.ports.js'
import { wantedServices } from '../needs.search.js'
import { type ContactStepDeps, contactStepOf } from './contact.step.js'
import { typedContact } from './contact.views.js'
import { detailsView, typedDetails } from './details.views.js'
import { type Draft, findDraft, markSent, putDraft, type Sent, toContent } from './drafts.rules.js'
import { draftsOf, keepDrafts } from './drafts.session.js'
import { problemView } from './problem.views.js'
import { detailsErrors, problemErrors } from './steps.rules.js'
import { detailsStep, isStep, type ProblemStep, problemStep, type Step } from './steps.schemas.js'
import type { FormState } from './steps.views.js'

export interface DraftPageDeps extends ContactStepDeps {
  taxonomy(): TaxonomyView
  lexicon(): Lexicon
  understand: Understand
  clock: Clock
}

/** A request about one draft. */
interface At {
  req: Request
  res: Response
  context: RequestContext
  draftId: string
  draft: Draft
}

interface StepPage {
  show(at: At, sent?: FormState): void | Promise<void>
  save(at: At): void | Promise<void>
}

// What another page hands on may be longer than the field takes; the visitor shortens it himself.
const newQuery = { text: line(20_000).optional(), sector: termId.optional(), service: many(termId, 20) }

/** The three steps in which a guest states a need. Each is saved in his session, under the draft's id in the address. */
export function draftPages(
  deps: DraftPageDeps,
): Record<'needs.new' | 'needs.start' | 'needs.step' | 'needs.save', Handler> {
  const { taxonomy, lexicon, understand, clock } = deps
  const contact = contactStepOf(deps)
  const steps: Record<Step, StepPage> = {
    problem: {
      show: ({ req, res, draftId, draft }, sent) =>
        showProblem(req, res, sent ?? { typed: draft.problem, errors: [] }, { draftId }),
      save: async (at) => {
        const form = readProblem(at.req)
        if (!form.ok) return steps.problem.show(at, sentAs(at.req, form.errors))
        const { draft, context } = at
        const changed = form.value.problem !== draft.problem.problem
        const suggested = changed ? await understand(form.value.problem, context) : draft.suggested
        goOn(at, { ...draft, problem: form.value, suggested }, 'details')
      },
    },
    details: {
      show: ({ res, context, draftId, draft }, sent) => {
        const form = sent ?? { typed: typedDetails(draft), errors: [] }
        render(
          res,
          'needs/new/details',
          detailsView({ ...form, taxonomy: taxonomy(), draftId, draft }, context),
          statusOf(form),
        )
      },
      save: (at) => {
        const known = { taxonomy: taxonomy(), today: today(at.context) }
        const form = readStep(detailsStep, at.req, (value) => detailsErrors(value, at.draft, known))
        if (form.ok) goOn(at, { ...at.draft, details: form.value }, 'contact')
        else steps.details.show(at, sentAs(at.req, form.errors))
      },
    },
    contact: {
      show: async (at, sent) => {
        const { res, context, draft } = at
        if (!draft.details) return goTo(at, 'details')
        const form = sent ?? { typed: typedContact(draft), errors: [] }
        const content = toContent(draft, draft.details, { title: '' })
        const words = { context, taxonomy: taxonomy(), today: today(context) }
        const details = needDetails(content, { services: wantedServices(content, lexicon()), open: true }, words)
        render(res, 'needs/new/contact', await contact.view(at, form, details), statusOf(form))
      },
      save: async (at) => {
        const { req, draftId, draft } = at
        if (!draft.details) return goTo(at, 'details')
        const result = await contact.send(at, draft.details)
        if (!result.ok) return steps.contact.show(at, sentAs(req, result.errors))
        keepDrafts(req, markSent(draftsOf(req), draftId, result.sent))
        goToSent(at, result.sent)
      },
    },
  }

  return {
    'needs.new': (req, res) => {
      const { text, sector, service } = readPageQuery(newQuery, req)
      showProblem(req, res, { typed: { problem: text, sector, services: service }, errors: [] })
    },
    'needs.start': async (req, res) => {
      const form = readProblem(req)
      if (!form.ok) return showProblem(req, res, sentAs(req, form.errors))
      const context = contextOf(res)
      const suggested = await understand(form.value.problem, context)
      const draft = { key: newLinkKey(), problem: form.value, suggested }
      return goOn({ req, res, context, draftId: newId(), draft }, draft, 'details')
    },
    'needs.step': (req, res) => atDraft(req, res, (step, at) => step.show(at)),
    'needs.save': (req, res) => atDraft(req, res, (step, at) => step.save(at)),
  }

  function atDraft(req: Request, res: Response, act: (step: StepPage, at: At) => void | Promise<void>) {
    const context = contextOf(res)
    const draftId = String(req.params.draft)
    const step = String(req.params.step)
    if (!isStep(step)) throw new NotFound('step', step)
    const found = findDraft(draftsOf(req), draftId)
    if (found.state === 'sent') return goToSent({ res, context }, found.sent)
    if (found.state === 'open') return act(steps[step], { req, res, context, draftId, draft: found.draft })
    return showProblem(req, res, { typed: { problem: textIn(req) }, errors: [] }, { lost: true })
  }

  /** The first step, also where there is no draft yet, or none any more. */
  function showProblem(
    req: Request,
    res: Response,
    form: FormState,
    { draftId = null, lost = false }: { draftId?: string | null; lost?: boolean } = {},
  ) {
    const page = { ...form, taxonomy: taxonomy(), draftId, lost, drafts: draftsOf(req) }
    render(res, 'needs/new/problem', problemView(page, contextOf(res)), lost ? { status: 404 } : statusOf(form))
  }

  function readProblem(req: Request): FormResult<ProblemStep> {
    return readStep(problemStep, req, (value) => problemErrors(value, taxonomy()))
  }

  function today({ park }: RequestContext) {
    return plainDateIn(clock(), park.timeZone)
  }
}

function readStep<S extends z.ZodType>(
  schema: S,
  req: Request,
  check: (value: z.output<S>) => FieldError[] = () => [],
): FormResult<z.output<S>> {
  const form = readForm(schema, req)
  if (!form.ok) return form
  const errors = check(form.value)
  return errors.length > 0 ? { ok: false, errors } : form
}

const sentAs = (req: Request, errors: readonly FieldError[]): FormState => ({ typed: req.body, errors })

const statusOf = ({ errors }: FormState) => ({ status: errors.length > 0 ? 422 : 200 })

function goOn(at: At, draft: Draft, step: Step): void {
  keepDrafts(at.req, putDraft(draftsOf(at.req), at.draftId, draft))
  goTo(at, step)
}

const goTo = ({ res, context, draftId }: At, step: Step) =>
  res.redirect(303, context.url('needs.step', { draft: draftId, step }))

const goToSent = ({ res, context }: Pick<At, 'res' | 'context'>, sent: Sent) =>
  res.redirect(303, 'key' in sent ? context.url('needs.follow', sent) : context.url('account.need', sent))

/** The problem's words that a step of a lost draft brought along. */
function textIn({ body }: Request): string | undefined {
  const { text, problem } = (body ?? {}) as Record<string, unknown>
  return [text, problem].find((one) => typeof one === 'string')
}
