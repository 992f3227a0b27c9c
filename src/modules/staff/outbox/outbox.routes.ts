import type { Clock } from '../../../kernel/clock.js'
import { Forbidden } from '../../../kernel/errors.js'
import { can } from '../../../kernel/permissions.js'
import { contextOf } from '../../../platform/http/context.js'
import { readPageQuery, whole } from '../../../platform/http/query.js'
import { render } from '../../../platform/http/render.js'
import type { Handler } from '../../../platform/http/router.js'
import type { Outbox } from '../../../platform/mail/outbox.repository.js'
import { outboxView } from './outbox.views.js'

export interface OutboxPageDeps {
  outbox: Outbox
  clock: Clock
  /** Whether mails leave; where they do not, this page is where they are read. */
  mailsLeave: boolean
}

const QUERY = { page: whole({ min: 1, max: 100_000, otherwise: 1 }) }
const PAGE_SIZE = 25

/** Mails that wait, were sent, kept or given up, the newest first. */
export function outboxPages({ outbox, clock, mailsLeave }: OutboxPageDeps): Record<'admin.outbox', Handler> {
  return {
    'admin.outbox': async (req, res) => {
      const context = contextOf(res)
      if (!can(context.actor, 'admin:outbox')) throw new Forbidden('admin:outbox')
      const { page: asked } = readPageQuery(QUERY, req)
      const { mails, page } = await outbox.list(context.park.id, { page: asked, size: PAGE_SIZE })
      res.set('Cache-Control', 'no-store')
      return render(res, 'admin/outbox', outboxView({ mails, page, mailsLeave, now: clock() }, context))
    },
  }
}
