import { plainText } from '../understanding/plain-text.rules.js'
import { findPresence } from '../understanding/presence.rules.js'
import type { MustHave } from '../understanding/understood.types.js'
import type { FirmFacts } from './firm-facts.rules.js'
import type { Detail, Judgement, Status } from './judgement.types.js'
import type { Weights } from './weights.js'

type MustDetail = Extract<Detail, { criterion: 'mustHave' }>
type Verdict = [Status, MustDetail['kind']]

const UNSTATED: Verdict = ['unknown', 'unstated']
const LANGUAGES: readonly { code: string; pattern: RegExp }[] = [
  { code: 'en', pattern: /\b(?:tieng anh|english)\b/ },
  { code: 'km', pattern: /\b(?:tieng khmer|tieng kho me|khmer)\b/ },
  { code: 'zh', pattern: /\b(?:tieng hoa|tieng trung|chinese|mandarin)\b/ },
]
const CERTIFICATE = /\b(?:iso(?:\/iec)? ?\d{4,5}|soc ?2|pci[ -]?dss|haccp|globalgap)\b/g

/** What of a firm's fields a must asks about; nothing where it is in other words. */
interface Wish {
  language: string | null
  certificates: readonly string[]
  visit: boolean
}

/** A need's musts are read once, not for each of two hundred firms. */
const wishes = new WeakMap<MustHave, Wish>()

/**
 * The declared musts that a firm's fields answer: coming over, a language, a certificate. A must in other words is left "not
 * known" here; whether the firm's text speaks of it is looked up when the firm is shown.
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
  const must = plainText(text)
  return {
    language: LANGUAGES.find(({ pattern }) => pattern.test(must))?.code ?? null,
    certificates: (must.match(CERTIFICATE) ?? []).map(compact),
    visit: findPresence(must)?.value ?? false,
  }
}

function verdict({ language, certificates, visit }: Wish, firm: FirmFacts): Verdict {
  if (language) return firm.languages.length === 0 ? UNSTATED : yesOrNo(firm.languages.includes(language))
  if (certificates.length > 0)
    return certificates.every((one) => hasCertificate(firm, one)) ? ['met', 'said'] : UNSTATED
  if (visit) return firm.onSite === null ? UNSTATED : yesOrNo(firm.onSite)
  return UNSTATED
}

const yesOrNo = (yes: boolean): Verdict => (yes ? ['met', 'said'] : ['unmet', 'denied'])

const compact = (text: string) =>
  plainText(text)
    .replace(/[^a-z0-9]/g, '')
    .replace('isoiec', 'iso')

const hasCertificate = ({ certifications }: FirmFacts, wanted: string) =>
  certifications.some((one) => compact(one).includes(wanted))
