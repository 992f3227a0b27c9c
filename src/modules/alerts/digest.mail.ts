import type { ParkContext } from '../../kernel/park.js'
import { pathTo, type RouteName } from '../../kernel/routes.js'
import { type Lang, pickText } from '../../kernel/text.js'
import type { MailTools } from '../../platform/mail/mailing.js'
import type { Finding } from '../matching/index.js'
import type { WatchKind, WatchRow } from './alerts.model.js'
import type { News } from './news.rules.js'
import type { Thing } from './things.js'
import type { Stop, StopTokens } from './unsubscribing.js'

/** What is new for one thing that somebody watches. */
export interface ThingNews {
  watch: WatchRow
  thing: Thing
  news: readonly News<Finding>[]
}

interface Digest {
  /** Whether he can sign in and see all that he watches. */
  hasAccount: boolean
  lang: Lang
  /** At least one. */
  things: readonly ThingNews[]
}

/** Told in full; of what is beyond it only how much there is. */
const MOST_TOLD = 10
/** A longer address, of a need told at length, is broken by some mail programs: better none. Characters. */
const LONGEST_LINK = 1_500

const PAGES: Readonly<Record<WatchKind, RouteName>> = {
  words: 'providers.show',
  need: 'providers.show',
  firm: 'needs.show',
}

/** The day's mail: everything new for one person, each with its reason and the way there. */
export function digestMail(
  { translate, publicUrl, tokens }: MailTools & { tokens: StopTokens },
  park: ParkContext,
  { hasAccount, lang, things }: Digest,
): { subject: string; text: string; unsubscribe: string } {
  const t = translate(lang)
  const count = things.reduce((sum, { news }) => sum + news.length, 0)
  const stop = (kind: Stop['kind'], id: string) =>
    publicUrl + pathTo('alerts.stop', lang, { token: tokens.make({ kind, id }) })
  const all = stop('all', things[0]?.watch._id ?? '')
  const parts = [
    t('alerts.mail.digest.opening', { count, park: pickText(park.name, lang)?.text ?? '' }),
    ...things.map(partOf),
    ...(hasAccount ? [t('alerts.mail.digest.all', { link: publicUrl + pathTo('account.alerts', lang) })] : []),
    t('alerts.mail.digest.closing', { link: all }),
  ]
  return { subject: t('alerts.mail.digest.subject', { count }), text: parts.join('\n\n'), unsubscribe: all }

  function partOf({ watch, thing, news }: ThingNews): string {
    const told = news.slice(0, MOST_TOLD)
    const path = thing.path(lang)
    const rest = news.length - told.length
    return [
      t(`alerts.mail.digest.about.${watch.kind}`, { label: thing.label(lang) }),
      ...told.map((one, n) => itemOf(one, n + 1, PAGES[watch.kind])),
      ...(rest > 0 ? [t('alerts.mail.digest.rest', { count: rest })] : []),
      ...(path && path.length <= LONGEST_LINK ? [t('alerts.mail.digest.see', { link: publicUrl + path })] : []),
      t('alerts.mail.digest.stop', { link: stop('one', watch._id) }),
    ].join('\n\n')
  }

  function itemOf(one: News<Finding>, n: number, page: RouteName): string {
    const name = t(one.again ? 'alerts.mail.digest.again' : 'alerts.mail.digest.name', { n, name: one.name(lang) })
    return [name, one.reason(lang, t), publicUrl + pathTo(page, lang, { slug: one.slug })].filter(Boolean).join('\n')
  }
}
