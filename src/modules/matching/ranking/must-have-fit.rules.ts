import { plainText } from '../understanding/plain-text.rules.js'
import { findPresence } from '../understanding/presence.rules.js'
import type { MustHave } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Detail, Judgement, Status } from './judgement.types.js'
import type { Weights } from './weights.js'

type MustDetail = Extract<Detail, { criterion: 'mustHave' }>
type Verdict = [Status, MustDetail['kind']]

const LANGUAGES: readonly { code: string; pattern: RegExp }[] = [
  { code: 'en', pattern: /\b(?:tieng anh|english)\b/ },
  { code: 'km', pattern: /\b(?:tieng khmer|tieng kho me|khmer)\b/ },
  { code: 'zh', pattern: /\b(?:tieng hoa|tieng trung|chinese|mandarin)\b/ },
]
const CERTIFICATE = /\b(?:iso(?:\/iec)? ?\d{4,5}|soc ?2|pci[ -]?dss|haccp|globalgap)\b/g
/** One must often asks for several things. */
const AND = /\b(?:va|voi lai|dong thoi|cung nhu|and|as well as|plus)\b|[&+,;]/
/** Of several that are asked for one is enough. */
const OR = /\b(?:hoac|hay|or)\b|\p{L} ?\/ ?\p{L}/u
/** How soon, how often, how many: that somebody comes at all does not answer it. */
const CONDITION =
  /\d|\b(?:gio|phut|ngay|dem|tuan|thang|lap tuc|lien tuc|hours?|minutes?|days?|daily|nights?|weeks?|weekly|weekends?|months?|monthly|immediate(?:ly)?)\b/

/** What a must asks about that fields answer. */
interface Wish {
  /** Of each group one is enough. */
  languages: readonly (readonly string[])[]
  certificates: readonly (readonly string[])[]
  visit: boolean
  /** Whether it asks for more than that, in words that no field answers. */
  more: boolean
}

/** A need's musts are read once, not for each of two hundred firms. */
const wishes = new WeakMap<MustHave, Wish>()

/**
 * The declared musts that a firm's fields answer: coming over, a language, a certificate. A must in other words is left "not
 * known" here; whether the firm's text speaks of it is looked up when the firm is shown. One that asks for more than its fields say is
 * met in part.
 */
export function judgeMustHaves(musts: readonly MustHave[], firm: FirmFacts, weights: Weights): Judgement[] {
  return musts.map((one, must) => {
    const wish = wishes.get(one) ?? wishOf(one)
    wishes.set(one, wish)
    const [status, kind] = verdict(wish, firm)
    const detail: MustDetail = { criterion: 'mustHave', kind, must }
    return { status, value: weights.value[status], weight: weights.criteria.mustHave / musts.length, detail }
  })
}

function wishOf({ text }: MustHave): Wish {
  const plain = plainText(text)
  const parts = plain
    .split(AND)
    .filter((part) => part.trim() !== '')
    .map(partOf)
  const either = OR.test(plain.replace(CERTIFICATE, ''))
  const grouped = (all: readonly string[]) => (either && all.length > 0 ? [all] : all.map((one) => [one]))
  return {
    languages: grouped(parts.flatMap(({ languages }) => languages)),
    certificates: grouped(parts.flatMap(({ certificates }) => certificates)),
    visit: parts.some(({ visit }) => visit),
    more: parts.some(({ languages, certificates, visit, more }) => more || !(visit || languages[0] || certificates[0])),
  }
}

/** What a part of a must asks about. */
function partOf(part: string) {
  return {
    languages: LANGUAGES.filter(({ pattern }) => pattern.test(part)).map(({ code }) => code),
    certificates: (part.match(CERTIFICATE) ?? []).map(compact),
    visit: findPresence(part)?.value ?? false,
    more: CONDITION.test(part.replace(CERTIFICATE, '')),
  }
}

/** Null: the firm has not stated it. */
type Answer = boolean | null

function verdict({ languages, certificates, visit, more }: Wish, firm: FirmFacts): Verdict {
  const speaks = (language: string): Answer => (firm.languages.length === 0 ? null : firm.languages.includes(language))
  const answers: Answer[] = [
    ...languages.map((group) => anyOf(group.map(speaks))),
    // A certificate that is not told of may be there all the same.
    ...certificates.map((group) => anyOf(group.map((one) => hasCertificate(firm, one) || null))),
    ...(visit ? [firm.onSite] : []),
  ]
  if (answers.includes(false)) return ['unmet', 'denied']
  if (!answers.includes(true)) return ['unknown', 'unstated']
  return more || answers.includes(null) ? ['partly', 'inPart'] : ['met', 'said']
}

const anyOf = (answers: readonly Answer[]): Answer =>
  answers.includes(true) ? true : answers.includes(null) ? null : false

const compact = (text: string) =>
  plainText(text)
    .replace(/[^a-z0-9]/g, '')
    .replace('isoiec', 'iso')

const hasCertificate = ({ certifications }: FirmFacts, wanted: string) =>
  certifications.some((one) => compact(one).includes(wanted))
