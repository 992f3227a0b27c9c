import { createTransport } from 'nodemailer'
import { every } from '../jobs/every.js'
import type { MailRow } from './mail.model.js'
import { MailError } from './mail-error.js'
import type { Outbox } from './outbox.repository.js'

export interface MailSender {
  /** Sends all that is due, what comes in meanwhile too; called after each enqueue and every minute. */
  sendDue(): Promise<void>
  stop(): Promise<void>
}

export interface MailSettings {
  /** Missing: mails stay in the database, marked as kept. */
  smtpUrl: string | undefined
  /** Asked anew for each mail, since the park may be called something else by then. */
  from(): string | { name: string; address: string }
  /** Told of each failed try (a `MailError`, which names no receiver) and of a database that does not answer. */
  onError(error: unknown): void
}

const EVERY_MS = 60_000
const FIRST_RETRY_MS = 60_000
const LAST_RETRY_MS = 6 * 60 * 60_000
/** Tries before a mail is given up, a day after the first. */
const MAX_ATTEMPTS = 10

/** RFC 8058: the receiver's mail program shows a button and sends to the address itself. */
const oneClick = (address: string) => ({
  'List-Unsubscribe': `<${address}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/** Empties the outbox through the mail server; what fails is tried again, ever more rarely. */
export function startMailSender(outbox: Outbox, { smtpUrl, from, onError }: MailSettings): MailSender {
  const transport = smtpUrl ? createTransport(smtpUrl) : null
  let running: Promise<void> | null = null
  let asked = false
  let stopped = false

  async function send(mail: MailRow) {
    try {
      // The id as Message-ID lets a mail server see that a repeated mail is the same one.
      await transport?.sendMail({
        from: from(),
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        ...(mail.unsubscribe && { headers: oneClick(mail.unsubscribe) }),
        messageId: `<${mail._id}@cau-noi-so>`,
      })
    } catch (cause) {
      const error = MailError.from(mail._id, cause)
      onError(error)
      const wait = Math.min(FIRST_RETRY_MS * 3 ** (mail.attempts - 1), LAST_RETRY_MS)
      await outbox.markFailed(mail._id, error.codes, mail.attempts < MAX_ATTEMPTS ? wait : null)
      return
    }
    await outbox.markSent(mail._id)
  }

  async function drain() {
    try {
      // Asked again after the last claim found nothing, it looks once more.
      while (asked && !stopped) {
        asked = false
        for (let mail = await outbox.claim(); mail; mail = stopped ? null : await outbox.claim()) await send(mail)
      }
    } catch (error) {
      onError(error)
    } finally {
      running = null
    }
  }

  const sendDue = () => {
    asked = true
    running ??= drain()
    return running
  }

  const job = every(EVERY_MS, sendDue, onError)
  return {
    sendDue,
    stop: async () => {
      stopped = true
      await job.stop()
      await running
      transport?.close()
    },
  }
}
