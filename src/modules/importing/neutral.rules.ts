// What makes a spreadsheet take a cell for a formula, in half and in full width; apostrophes before it count along.
const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
const NEUTRAL = /^'+[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** A cell that no spreadsheet takes for a formula: one apostrophe before what could be one. `restored` takes it off again. */
export const neutral = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

/** The cell as it was before `neutral`. */
export const restored = (text: string): string => (NEUTRAL.test(text) ? text.slice(1) : text)
