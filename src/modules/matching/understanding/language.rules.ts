import type { Lang } from '../../../kernel/text.js'

/** Everyday words by which the two languages are told apart, folded; none is common in both. */
const VIETNAMESE =
  /\b(?:can|khong|ko|lam|cho|cua|va|co|la|nha|tiem|minh|toi|em|muon|duoc|dc|nguoi|hang|quan ly|phan mem|khach|bang|voi|hay|nhieu|moi|htx|cty)\b/g
const ENGLISH =
  /\b(?:the|and|we|our|for|with|of|to|is|are|need|looking|want|from|that|this|have|has|by|an|their|who|your|at|on|every|us|software|app|tools?|platform)\b/g
const ACCENTS = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/giu

/** The language most of a text is in; Vietnamese when nothing tells. `plain` is the text folded unit by unit. */
export function languageOf(text: string, plain: string): Lang {
  const vietnamese = count(plain, VIETNAMESE) + count(text, ACCENTS) / 2
  return count(plain, ENGLISH) > vietnamese ? 'en' : 'vi'
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0
