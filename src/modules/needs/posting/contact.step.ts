import type { Request } from 'express'
import type { FieldError } from '../../../kernel/errors.js'
import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { readForm } from '../../../platform/http/validate.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { BusinessService } from '../../businesses/index.js'
import type { NeedDetails } from '../needs.details.views.js'
import { CONSENT_VERSION } from './consent.js'
import { contactView } from './contact.views.js'
import { type Draft, type Sent, toContent } from './drafts.rules.js'
import { ownContactView } from './own-contact.views.js'
import { mayPostFor, type OwnPosting } from './own-posting.service.js'
import type { PostingService } from './posting.service.js'
import { contactStep, type DetailsStep, ownContactStep } from './steps.schemas.js'
import type { FormState } from './steps.views.js'

export interface ContactStepDeps {
  posting: PostingService
  ownPosting: OwnPosting
  businesses: BusinessService
}

/** A draft on its last step. */
interface LastStep {
  req: Request
  context: RequestContext
  draftId: string
  draft: Draft
}

type SentResult = { ok: true; sent: Sent } | { ok: false; errors: FieldError[] }

/** The last step: a guest says where to write to; somebody signed in, for which of his businesses it is. */
export function contactStepOf({ posting, ownPosting, businesses }: ContactStepDeps) {
  return {
    view: async ({ context, draftId, draft }: LastStep, form: FormState, details: NeedDetails) => {
      const page = { ...form, draftId, draft, details }
      const { actor } = context
      return actor.kind === 'person'
        ? ownContactView({ ...page, businesses: await ownBusinesses(actor, context) }, context)
        : contactView(page, context)
    },
    send: (at: LastStep, details: DetailsStep): Promise<SentResult> => {
      const { actor } = at.context
      return actor.kind === 'person' ? sendOwn(at, actor, details) : sendAsGuest(at, details)
    },
  }

  async function sendAsGuest({ req, context, draftId, draft }: LastStep, details: DetailsStep): Promise<SentResult> {
    const form = readForm(contactStep, req)
    if (!form.ok) return form
    const { key } = draft
    const { email, name = null } = form.value
    const content = toContent(draft, details, form.value)
    const said = { email, name, lang: context.lang, consentVersion: CONSENT_VERSION }
    await posting.submit(context.park, { draftId, key, content, ...said })
    return { ok: true, sent: { key } }
  }

  async function sendOwn(
    { req, context, draftId, draft }: LastStep,
    person: Person,
    details: DetailsStep,
  ): Promise<SentResult> {
    const form = readForm(ownContactStep, req)
    if (!form.ok) return form
    const { business, title } = form.value
    if (business && !mayPostFor(person, business)) return { ok: false, errors: [{ field: 'business', code: 'choice' }] }
    const content = { ...toContent(draft, details, { title }), ...(business && { business }) }
    const need = { draftId, content, lang: context.lang, consentVersion: CONSENT_VERSION }
    return { ok: true, sent: { need: await ownPosting.submit(context.park, person, need) } }
  }

  async function ownBusinesses(person: Person, { lang }: RequestContext) {
    const mine = person.memberships.map(({ organisation }) => organisation).filter((id) => mayPostFor(person, id))
    const found = mine.length > 0 ? await businesses.byIds(person, mine) : []
    return found.map(({ id, working, published, slug }) => ({
      value: id,
      label: pickText((published ?? working)?.name, lang)?.text ?? slug,
    }))
  }
}
