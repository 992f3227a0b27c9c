import type { Request, Response } from 'express'
import { Forbidden } from '../../../kernel/errors.js'
import type { Membership } from '../../../kernel/permissions.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { RecordRepository } from '../../../platform/records/record.repository.js'
import type { NeedRecord, NeedService } from '../../needs/index.js'
import type { ProviderProfile, ProviderRecord } from '../../providers/index.js'
import { offerForm } from '../introductions.schemas.js'
import type { IntroductionService } from '../introductions.service.js'
import { type OfferForm, offerView } from './offer.views.js'

export interface OfferPageDeps {
  needs: NeedService
  records: RecordRepository
  introducing: IntroductionService
}

/** A firm offers itself for a need that it may read. */
export function offerPages(deps: OfferPageDeps): Record<'needs.offer' | 'needs.send-offer', Handler> {
  const { needs, records, introducing } = deps
  return {
    'needs.offer': (req, res) => withNeed(req, res, (need) => show(need, res)),
    'needs.send-offer': (req, res) => withNeed(req, res, (need) => send(need, req, res)),
  }

  async function withNeed(req: Request, res: Response, answer: (need: NeedRecord) => Promise<unknown>) {
    const { actor, park, url } = contextOf(res)
    const shown = await needs.show(actor, park.id, String(req.params.slug))
    return shown.moved ? res.redirect(301, url('needs.offer', { slug: shown.slug })) : answer(shown.record)
  }

  async function show(need: NeedRecord, res: Response, form?: OfferForm) {
    const context = contextOf(res)
    const firms = await firmsOf(personOf(context).memberships)
    if (firms.length === 0) throw new Forbidden('introduction:offer')
    const typed = form ?? { typed: {}, errors: [], refusal: null }
    const status = typed.refusal ? 409 : typed.errors.length > 0 ? 422 : 200
    render(res, 'introductions/offer', offerView({ need, firms, ...typed }, context), { status })
  }

  async function send(need: NeedRecord, req: Request, res: Response) {
    const { actor, lang, url } = contextOf(res)
    const form = readForm(offerForm, req)
    const typed = req.body as Record<string, unknown>
    if (!form.ok) return show(need, res, { typed, errors: form.errors, refusal: null })
    const { provider, message = null } = form.value
    const result = await introducing.offer(actor, need, provider, { message, phone: null, lang })
    if (!result.ok) return show(need, res, { typed, errors: [], refusal: result.reason })
    giveNotice(req, result.begun ? 'introductions.done.offered' : 'introductions.done.there')
    return res.redirect(303, url('introductions.show', { introduction: result.row._id }))
  }

  /** The firms he may speak for. */
  async function firmsOf(memberships: readonly Membership[]): Promise<ProviderRecord[]> {
    const ids = memberships.filter(mayOffer).map(({ organisation }) => organisation)
    return ids.length > 0 ? records.byIds<ProviderProfile>('provider', ids) : []
  }
}

const mayOffer = ({ type, role }: Membership) => type === 'provider' && role !== 'viewer'
