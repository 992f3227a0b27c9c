import type { Response } from 'express'
import { plainDateIn } from '../../../kernel/clock.js'
import { pickText } from '../../../kernel/text.js'
import { contextOf } from '../../../platform/http/context.js'
import type { OwnData } from './own-data.service.js'

/** Sends what is kept about somebody as a file that people and programs can read. */
export function sendCopy(res: Response, data: OwnData, now: Date): void {
  const { park, lang, t } = contextOf(res)
  const about = {
    product: t('common.product.name'),
    park: pickText(park.name, lang)?.text ?? '',
    madeAt: now,
    explained: contextOf(res).absoluteUrl('privacy'),
  }
  res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
  res.attachment(`cau-noi-so-${plainDateIn(now, park.timeZone)}.json`)
  res.type('application/json').send(`${JSON.stringify({ about, ...data }, null, 2)}\n`)
}
