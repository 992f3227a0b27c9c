import type { Request } from 'express'
import type { ParkLogo } from '../../kernel/park.js'
import { can } from '../../kernel/permissions.js'
import { localPath, localTarget, type PageName, pathTo, ROUTES } from '../../kernel/routes.js'
import { LANGUAGES, pickText, type ShownText } from '../../kernel/text.js'
import { formatMinute } from '../i18n/formats.js'
import { markup } from '../views/escape.js'
import type { RequestContext } from './context.js'
import { takeNotice } from './notice.js'
import { AWAITED_AT, type Viewer } from './viewer.js'

/** What every page says about itself. */
export interface PageHead {
  /** Of the document and of no heading; the product's name is appended. Null on the front page. */
  title: string | null
  /** One or two sentences for search engines and previews. */
  description?: string | null
  /** Keeps the page out of search engines. */
  noindex?: boolean
  /** Path of the one address of this content, when it is not the path asked for. */
  canonicalPath?: string
  /** schema.org data of the page. */
  structuredData?: object | null
}

interface NavLink {
  href: string
  label: string
  current: boolean
}

/** Sections of the site in the order of the menu; a page belongs to the section whose name begins its own. */
const SECTIONS = [
  ['providers.list', 'providers'],
  ['needs.list', 'needs'],
  ['match', 'match'],
  ['businesses.list', 'businesses'],
  ['demand', 'demand'],
] as const satisfies readonly (readonly [PageName, string])[]

/** The view model of `views/layouts/main.hbs`. */
export function layoutView(context: RequestContext, req: Request, head: PageHead) {
  const { lang, t, route, deps } = context
  const plainPath = vietnamesePath(req.path)
  const query = /\?.*/s.exec(req.originalUrl)?.[0] ?? ''
  const park = context.parkIfKnown
  const product = t('common.product.name')
  const canonical = head.canonicalPath ?? req.path
  return {
    lang,
    title: head.title ? `${head.title} · ${product}` : product,
    description: head.description ?? null,
    noindex: head.noindex ?? false,
    canonical: deps.publicUrl + canonical,
    alternates: LANGUAGES.map((to) => ({ lang: to, href: deps.publicUrl + localPath(vietnamesePath(canonical), to) })),
    structuredData: head.structuredData ? markup(safeJson(head.structuredData)) : null,
    home: pathTo('home', lang),
    nav: SECTIONS.map(([name, label]) => ({
      // On a phone it makes room for the places of who is signed in.
      inFooter: name === 'demand',
      href: pathTo(name, lang),
      label: t(`common.nav.${label}`),
      current: route?.split('.')[0] === name.split('.')[0],
    })),
    standIn: standInView(context),
    notice: takeNotice(context, req),
    account: accountLink(context, req),
    places: placesOf(context),
    other: { lang: otherOf(lang), href: localPath(plainPath, otherOf(lang)) + query },
    park: park && {
      name: pickText(park.name, lang) as ShownText | null,
      place: pickText(park.place, lang) as ShownText | null,
      demonstration: park.demonstration,
      logo: park.logo ? logoView(park.logo, context) : null,
    },
    footer: [
      { href: pathTo('about', lang), label: t('common.footer.about') },
      { href: pathTo('ranking', lang), label: t('common.footer.ranking') },
      { href: pathTo('demand', lang), label: t('common.footer.demand') },
      { href: pathTo('privacy', lang), label: t('common.footer.privacy') },
      { href: pathTo('terms', lang), label: t('common.footer.terms') },
      { href: pathTo('contact', lang), label: t('common.footer.contact') },
    ],
  }
}

const logoView = ({ file, width, height, alt }: ParkLogo, { lang, deps }: RequestContext) => {
  const src = pathTo('park.logo', lang, { file })
  return { src, width, height, alt: pickText(alt, lang)?.text ?? '', absolute: deps.publicUrl + src }
}

/** What the park's staff are told on their own pages while another search engine stands in. */
function standInView({ deps, actor, route, t, lang, url, parkIfKnown }: RequestContext) {
  const since = route?.startsWith('admin.') && can(actor, 'admin:use') ? deps.searchStandsInSince() : null
  if (!since) return null
  const href = can(actor, 'admin:search') ? url('admin.search') : null
  return { text: t('engines.standIn', { at: formatMinute(lang, since, parkIfKnown?.timeZone ?? 'UTC') }), href }
}

/** Where somebody signed in works; each is offered to those who may go there. */
const PLACES = [
  ['organisations.list', 'organisations'],
  ['admin.queue', 'admin'],
] as const satisfies readonly (readonly [PageName, string])[]

const placesOf = ({ actor, url, t, route }: RequestContext): NavLink[] =>
  PLACES.filter(([name]) => can(actor, ROUTES[name].action)).map(([name, label]) => ({
    href: url(name),
    label: t(`common.places.${label}`),
    current: route?.split('.')[0] === name.split('.')[0],
  }))

/** The way in, and back to the page one is on; for somebody signed in, to his own place. */
function accountLink({ viewer, url, t }: RequestContext, req: Request) {
  if (viewer?.awaits) {
    const label = t('common.account.waiting', { name: calledBy(viewer) })
    return { href: url(AWAITED_AT[viewer.awaits]), label, title: viewer.email }
  }
  if (viewer) return { href: url('accounts.show'), label: calledBy(viewer), title: viewer.name ?? viewer.email }
  const next =
    req.method === 'GET' && !req.path.endsWith('/sign-in') ? (localTarget(req.originalUrl) ?? undefined) : undefined
  return { href: url('accounts.sign-in', {}, { next }), label: t('common.account.signIn'), title: null }
}

/** What somebody is called by, short enough for a phone: the last word of a Vietnamese name is the given one. */
const calledBy = ({ name, email }: Viewer): string => name?.split(' ').at(-1) ?? email.split('@')[0] ?? email

const otherOf = (lang: string) => (lang === 'vi' ? 'en' : 'vi')

/** The path without its language. It begins with one slash only, since two would lead to another site. */
const vietnamesePath = (path: string) => `/${path.replace(/^\/en(?=\/|$)/, '').replace(/^[/\\]+/, '')}`

/** JSON that cannot end the script element it stands in. */
const safeJson = (data: object) => JSON.stringify(data).replace(/</g, '\\u003c')
