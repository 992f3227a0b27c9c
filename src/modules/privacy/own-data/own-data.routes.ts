import type { Request, Response } from 'express'
import type { Clock } from '../../../kernel/clock.js'
import { NotFound } from '../../../kernel/errors.js'
import { CONSENT_PURPOSES } from '../../../kernel/purposes.js'
import { contextOf } from '../../../platform/http/context.js'
import { giveNotice } from '../../../platform/http/notice.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import { readForm } from '../../../platform/http/validate.js'
import { personOf } from '../../../platform/http/viewer.js'
import type { PeopleRepository } from '../../people/index.js'
import type { ConsentService, WithdrawablePurpose } from '../consents/consents.service.js'
import type { Register } from '../register/register.service.js'
import type { RequestRepository } from '../register/requests.repository.js'
import { sendCopy } from './copy.js'
import { askForm } from './own-data.schemas.js'
import type { OwnDataService } from './own-data.service.js'
import { type AskForm, ownDataView } from './own-data.views.js'

export interface OwnDataPagesDeps {
  ownData: OwnDataService
  consents: ConsentService
  register: Register
  requests: RequestRepository
  people: PeopleRepository
  clock: Clock
}

const UNTOUCHED: AskForm = { typed: {}, errors: [] }

type Route = 'accounts.data' | 'accounts.copy' | 'accounts.withdraw-consent' | 'accounts.ask'

/** What is kept about oneself: to read, to take along, to withdraw from, and to ask about. */
export function ownDataPages(deps: OwnDataPagesDeps): Record<Route, Handler> {
  const { ownData, consents, register, requests, people, clock } = deps
  return {
    'accounts.data': (_req, res) => show(res, UNTOUCHED),
    'accounts.copy': async (_req, res) => {
      const { actor, subject } = himself(res)
      sendCopy(res, await ownData.read(actor, subject), clock())
    },
    'accounts.withdraw-consent': async (req, res) => {
      const { actor, subject, context } = himself(res)
      const purpose = withdrawable(req)
      if (await consents.withdraw(actor, subject, purpose, context.lang)) giveNotice(req, 'privacy.own.withdrawn')
      res.redirect(303, context.url('accounts.data'))
    },
    'accounts.ask': async (req, res) => {
      const { actor, subject, context } = himself(res)
      const form = readForm(askForm, req)
      if (!form.ok) return show(res, { typed: req.body, errors: form.errors })
      await register.ask(actor, context.park, subject.personId, { ...form.value, lang: context.lang })
      giveNotice(req, 'privacy.own.asked')
      return res.redirect(303, context.url('accounts.data'))
    },
  }

  async function show(res: Response, form: AskForm) {
    const { actor, subject, context } = himself(res)
    const [data, agreed, asked] = await Promise.all([
      ownData.read(actor, subject),
      people.consentsOf(subject.personId),
      requests.of(subject.personId),
    ])
    const view = ownDataView({ data, consents: agreed, requests: asked, form }, context)
    render(res, 'accounts/data', view, { status: form.errors.length > 0 ? 422 : 200 })
  }
}

function himself(res: Response) {
  const context = contextOf(res)
  const actor = personOf(context)
  return { context, actor, subject: { parkId: context.park.id, personId: actor.personId } }
}

function withdrawable(req: Request): WithdrawablePurpose {
  const purpose = CONSENT_PURPOSES.find((one) => one === req.params.purpose)
  // The consent to the account ends with the account, which has a page of its own.
  if (!purpose || purpose === 'account') throw new NotFound('consent', String(req.params.purpose))
  return purpose
}
