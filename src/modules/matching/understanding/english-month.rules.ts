const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const MONTH = `(?<en>${MONTHS.map((m) => `${m.slice(0, 3)}(?:${m.slice(3)})?`).join('|')})`

/** What may stand between "not later than" and a date. */
export const FILLER = '(?:[\\s:,]*(?:la|vao|truoc|trong|the|ngay|khoang|dip|of|at|end of|mid|early|late)){0,3}[\\s:,]*'
const DATE = `${FILLER}(?:(?<d>\\d{1,2})\\s*)?${MONTH}\\b(?:\\s+(?<d2>\\d{1,2})(?!\\d))?(?:,?\\s+(?<y>20\\d{2}))?`

/** "In May" is a deadline of what is to be ready by then, and not of what happened. */
const READY =
  '(?:needs?|needed|ready|opens?|opening|launch|start|starting|finish(?:ed)?|done|live|running|working|deliver(?:ed|y)?|due)'

interface NamedMonth {
  month: number
  /** 31 for the end of any. */
  day: number
  year?: number | undefined
}

/**
 * Deadlines in months that have English names. Alone they come after English words only: "vào máy" (into the machine), "in máy" (to
 * print) and "đến sếp" (to the boss) are no months. With a day they come after Vietnamese ones as well: "hạn 15 March".
 */
export const NAMED_MONTHS: readonly {
  pattern: RegExp
  /** `typed` is what matched as it was typed. */
  read: (match: RegExpMatchArray, typed: string) => NamedMonth | null
}[] = [
  {
    pattern: new RegExp(
      `\\b(?:by|before|until|no later than|due|deadline|ready for|(?<=\\b${READY} (?:\\S+ ){0,3})in)${DATE}`,
      'g',
    ),
    read: (match, typed) => (ASCII.test(monthIn(match, typed)) ? named(match) : null),
  },
  {
    pattern: new RegExp(`\\b(?:truoc|den|toi|han(?: chot| cuoi)?|cham nhat|tre nhat)${DATE}`, 'g'),
    read: (match, typed) => {
      const { d, d2 } = match.groups ?? {}
      return (d ?? d2) && AS_A_NAME.test(monthIn(match, typed)) ? named(match) : null
    },
  },
]

const ASCII = /^\p{ASCII}+$/u
/** "25 máy" without its accent is "25 may": among Vietnamese words a short one needs its capital letter. */
const AS_A_NAME = /^(?:[A-Z][a-zA-Z]{2}|\p{ASCII}{4,})$/u

/** The month's name as it was typed. */
function monthIn(match: RegExpMatchArray, typed: string): string {
  const name = match.groups?.en ?? ''
  const at = match[0].lastIndexOf(name)
  return typed.slice(at, at + name.length)
}

function named(match: RegExpMatchArray): NamedMonth {
  const { d, d2, en = '', y } = match.groups ?? {}
  const month = MONTHS.findIndex((name) => name.startsWith(en.slice(0, 3))) + 1
  const day = d ?? d2
  return { month, day: day ? Number(day) : /\bmid\b/.test(match[0]) ? 15 : 31, year: y ? Number(y) : undefined }
}
