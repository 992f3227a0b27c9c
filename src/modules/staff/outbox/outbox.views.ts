import type { Page } from '../../../kernel/pagination.js'
import { adminNav } from '../../../platform/http/admin-nav.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { formatRelative } from '../../../platform/i18n/formats.js'
import type { MailRow } from '../../../platform/mail/mail.model.js'
import { paginationView } from '../../../platform/views/models/lists.js'

interface OutboxPage {
  mails: readonly MailRow[]
  page: Page
  mailsLeave: boolean
  now: Date
}

/** View model of `admin/outbox.hbs`. Where mails leave, what they say is for their receivers alone. */
export function outboxView({ mails, page, mailsLeave, now }: OutboxPage, context: RequestContext) {
  const { t, url, lang } = context
  return {
    title: t('staff.outbox.title'),
    noindex: true,
    nav: adminNav(context, 'admin.outbox'),
    lead: t(mailsLeave ? 'staff.outbox.leadSent' : 'staff.outbox.leadKept'),
    rows: mails.map((mail) => ({
      to: mail.to,
      subject: mailsLeave ? null : mail.subject,
      text: mailsLeave ? null : mail.text,
      facts: [
        t(`staff.outbox.${stateOf(mail, mailsLeave)}`),
        formatRelative(lang, mail.createdAt, now),
        mail.attempts > 1 ? t('staff.outbox.attempts', { count: mail.attempts }) : null,
        mail.lastError,
      ].filter(Boolean),
    })),
    pagination: paginationView(page, (to) => url('admin.outbox', {}, { page: to })),
    empty: { title: t('staff.outbox.emptyTitle'), text: t('staff.outbox.emptyText'), actions: [] },
  }
}

function stateOf({ sentAt, failedAt }: MailRow, mailsLeave: boolean): 'failed' | 'sent' | 'kept' | 'waiting' {
  if (failedAt) return 'failed'
  if (sentAt) return mailsLeave ? 'sent' : 'kept'
  return 'waiting'
}
