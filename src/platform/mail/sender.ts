import { createTransport } from 'nodemailer'
import { every } from '../jobs/every.js'
import type { MailRow } from './mail.model.js'
import type { Outbox } from './outbox.repository.js'

export interface MailSender {
  /** Sends what is due now; called after each enqueue and every minute. */
  sendDue(): Promise<void>
  stop(): Promise<void>
}

export interface MailSettings {
  /** Missing: mails stay in the database, marked as kept. */
  smtpUrl: string | undefined
  from: string
  onError(error: unknown): void
}

const EVERY_MS = 60_000
const BATCH = 20
const FIRST_RETRY_MS = 60_000
const LAST_RETRY_MS = 6 * 60 * 60_000

/** Empties the outbox through the mail server; what fails is tried again, ever more rarely. */
export function startMailSender(outbox: Outbox, { smtpUrl, from, onError }: MailSettings): MailSender {
  const transport = smtpUrl ? createTransport(smtpUrl, { from }) : null
  let running: Promise<void> | null = null

  async function send(mail: MailRow) {
    try {
      // The id as Message-ID lets a mail server see that a repeated mail is the same one.
      await transport?.sendMail({
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        messageId: `<${mail._id}@cau-noi-so>`,
      })
      await outbox.markSent(mail._id)
    } catch (error) {
      onError(error)
      const wait = Math.min(FIRST_RETRY_MS * 2 ** mail.attempts, LAST_RETRY_MS)
      await outbox.markFailed(mail._id, error instanceof Error ? error.message : String(error), wait)
    }
  }

  async function drain() {
    try {
      for (const mail of await outbox.due(BATCH)) await send(mail)
    } catch (error) {
      onError(error)
    } finally {
      running = null
    }
  }

  const sendDue = () => {
    running ??= drain()
    return running
  }

  const job = every(EVERY_MS, sendDue, onError)
  return {
    sendDue,
    stop: async () => {
      await job.stop()
      await running
      transport?.close()
    },
  }
}
