import type { HelperDeclareSpec } from 'handlebars'
import { date, money, number } from './formats.js'
import { asset, csrf, url } from './links.js'
import { bridge, icon, logo, scale } from './pictures.js'
import { mark, paragraphs, t, text } from './text.js'

/** `{{#if (eq status "closed")}}` */
const eq = (a: unknown, b: unknown) => a === b

/** Every helper a template may use. */
export const helpers: HelperDeclareSpec = {
  t,
  text,
  mark,
  paragraphs,
  url,
  asset,
  csrf,
  date,
  number,
  money,
  eq,
  bridge,
  scale,
  logo,
  icon,
}
