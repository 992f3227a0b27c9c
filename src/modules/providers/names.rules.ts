import { type Lang, pickText, type ShownText } from '../../kernel/text.js'
import type { ProviderProfile } from './providers.schemas.js'

/** What a firm is called: its trade name, else its legal name. */
export function shownName(profile: Pick<ProviderProfile, 'name' | 'tradeName'>, lang: Lang): ShownText {
  if (profile.tradeName) return { text: profile.tradeName, lang }
  return pickText(profile.name, lang) ?? { text: '', lang }
}

/** The legal name where it says more than the name shown; else null. */
export function legalName(profile: Pick<ProviderProfile, 'name' | 'tradeName'>, lang: Lang): ShownText | null {
  const legal = pickText(profile.name, lang)
  return legal && legal.text !== shownName(profile, lang).text ? legal : null
}
