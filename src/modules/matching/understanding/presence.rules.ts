import type { Span } from '../../../platform/search/index.js'

const ON_SITE =
  /\b(?:(?:toi|den|qua|ghe) (?:tan )?(?:noi|nha|cho|tiem|vuon|trai|xuong|truong|co quan|tru so|cua hang)(?: (?:de|lap|xem|coi|khao sat|huong dan|ho tro|lam|cai|chi))|(?:toi|den) tan (?:noi|nha|cho)|tan noi|tai cho|truc tiep (?:toi|den|xuong)|xuong tan|co nguoi (?:toi|den|xuong|qua)|cam tay chi viec|on[- ]site|in person|come (?:to|out|over)|visit us|face to face)\b/
const REMOTE =
  /\b(?:(?:lam|ho tro|huong dan|trao doi|hop) (?:tu xa|online|qua mang|qua zalo)|tu xa (?:cung )?(?:duoc|ok)|online (?:cung )?(?:duoc|ok)|khong can (?:toi|den|gap|tan noi)|remote(?:ly)? (?:is )?(?:ok|fine|works)|(?:fully|work) remote(?:ly)?)\b/

/** Whether a folded text asks for somebody to come (true) or says that remote will do (false); null when it says neither. */
export function findPresence(plain: string): { value: boolean; span: Span } | null {
  const remote = REMOTE.exec(plain)
  if (remote) return { value: false, span: spanOf(remote) }
  const onSite = ON_SITE.exec(plain)
  return onSite ? { value: true, span: spanOf(onSite) } : null
}

const spanOf = (match: RegExpExecArray): Span => ({ start: match.index, end: match.index + match[0].length })
