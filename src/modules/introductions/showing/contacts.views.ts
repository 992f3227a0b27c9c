import { pickText } from '../../../kernel/text.js'
import type { RequestContext } from '../../../platform/http/context.js'
import { contactLink } from '../../providers/index.js'
import type { SeenIntroduction } from '../introductions.reading.js'

/** View model of `introductions/_contacts.hbs`: how to reach the other side. */
export interface ContactsView {
  title: string
  lines: readonly { label: string; text: string; href: string | null }[]
}

type Line = {
  kind: 'person' | 'business' | 'phone' | 'email' | 'website' | 'memberEmail'
  value: string | null | undefined
}

/** Null until the contacts are open to who looks. */
export function contactsView(seen: SeenIntroduction, { t, lang }: RequestContext): ContactsView | null {
  const { contacts, side } = seen
  if (!contacts || !side) return null
  const { firm, need } = contacts
  const lines: Line[] =
    side === 'need'
      ? [
          { kind: 'person', value: firm.person?.name },
          { kind: 'phone', value: firm.phone },
          { kind: 'memberEmail', value: firm.person?.email },
          { kind: 'email', value: firm.email === firm.person?.email ? null : firm.email },
          { kind: 'website', value: firm.website },
        ]
      : [
          { kind: 'business', value: pickText(need.business, lang)?.text },
          { kind: 'person', value: need.name },
          { kind: 'phone', value: need.phone },
          { kind: 'email', value: need.email },
        ]
  return {
    title: t(`introductions.contacts.${side === 'need' ? 'ofFirm' : 'ofNeed'}`),
    lines: lines.flatMap(({ kind, value }) => (value ? [lineView(kind, value, t)] : [])),
  }
}

function lineView(kind: Line['kind'], value: string, t: RequestContext['t']) {
  const label = t(`introductions.contacts.${kind}`)
  if (kind === 'person' || kind === 'business') return { label, text: value, href: null }
  const link = contactLink(kind === 'memberEmail' ? 'email' : kind, value)
  return { label, text: link.label, href: link.href }
}
