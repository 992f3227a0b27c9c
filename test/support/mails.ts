import { mailModel } from '../../src/platform/mail/mail.model.js'
import type { TestProduct } from './product.js'

export interface SeenMail {
  subject: string
  text: string
}

/** What was mailed to an address, the oldest first. */
export async function mailsTo({ core }: TestProduct, to: string): Promise<SeenMail[]> {
  return mailModel(core.db)
    .find({ to }, { _id: 0, subject: 1, text: 1 })
    .sort({ createdAt: 1, _id: 1 })
    .lean<SeenMail[]>()
}

/** Where the first link of a mail leads, from the site's root. */
export function linkIn({ core }: TestProduct, mail: SeenMail | undefined): string {
  const link = mail?.text.split('\n').find((line) => line.startsWith(core.config.publicUrl))
  if (!link) throw new Error(`no link in the mail: ${mail?.text}`)
  return link.slice(core.config.publicUrl.length)
}

/** The newest mail to an address that holds a link beginning with `path`, and where that leads. */
export async function linkTo(product: TestProduct, to: string, path: string): Promise<string> {
  const links = (await mailsTo(product, to)).map((mail) => linkIn(product, mail))
  const link = links.reverse().find((one) => one.startsWith(path))
  if (!link) throw new Error(`no mail to ${to} leads to ${path}`)
  return link
}
