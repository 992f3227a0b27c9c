import type { HelperDeclareSpec, HelperDelegate } from 'handlebars'
import { date, money, number } from './formats.js'
import { asset, csrf, url } from './links.js'
import { bridge, drawn, icon, logo, qr, scale } from './pictures.js'
import { mark, markdown, paragraphs, t, text } from './text.js'

/** `{{#if (eq status "closed")}}` */
const eq = (a: unknown, b: unknown) => a === b

const withArguments = {
  t,
  text,
  mark,
  markdown,
  paragraphs,
  url,
  asset,
  date,
  number,
  money,
  eq,
  bridge,
  scale,
  logo,
  icon,
  qr,
  drawn,
}

/** Every helper a template may use. */
export const helpers: HelperDeclareSpec = {
  csrf,
  ...Object.fromEntries(Object.entries(withArguments).map(([name, helper]) => [name, refusingNone(name, helper)])),
}

/** `{{text}}` calls the helper even where the view model has a field of that name; the author meant `{{this.text}}`. */
function refusingNone(name: string, helper: HelperDelegate): HelperDelegate {
  return (...args: unknown[]) => {
    if (args.length === 1)
      throw new TypeError(`helper "${name}" without an argument; for the field write {{this.${name}}}`)
    return (helper as (...all: unknown[]) => unknown)(...args)
  }
}
