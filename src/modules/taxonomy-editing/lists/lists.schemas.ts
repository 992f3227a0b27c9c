import { z } from 'zod'
import { paragraphs } from '../../../kernel/fields.js'
import { slugify } from '../../../kernel/slug.js'
import type { Lists } from '../acts/acts.types.js'
import { freeId } from '../entries/entry.schemas.js'

export const LONGEST = 12_000
const MOST_LINES = 400
const LONGEST_ID = 50

/** Lines of two parts: `short = long`. */
const pairs = (separator: string) =>
  paragraphs(LONGEST, 1).transform((text, context): [string, string][] => {
    const lines = text.split('\n').filter((line) => line.trim())
    const read = lines.map((line) => line.split(separator).map((part) => part.trim()))
    if (lines.length <= MOST_LINES && read.every(([one, other, more]) => one && other && more === undefined))
      return read.map(([one = '', other = '']) => [one, other])
    context.addIssue({ code: 'custom', message: 'format' })
    return z.NEVER
  })

export const listsForm = z.object({
  version: z
    .string({ error: 'number' })
    .regex(/^\d{1,9}$/, 'number')
    .transform(Number),
  groups: pairs('|'),
  shortForms: pairs('='),
})

/** The lists as sent. A group keeps its id while either of its names is the same, or else by its place among the others. */
export function listsFrom({ groups, shortForms }: z.output<typeof listsForm>, from: Lists): Lists {
  const named = groups.map(([vi, en]) => from.groups.find(({ name }) => name.vi === vi || name.en === en)?.id ?? null)
  const taken = new Set([...from.groups.map(({ id }) => id)])
  const inPlace = groups.length === from.groups.length
  return {
    groups: groups.map(([vi, en], at) => {
      const there = from.groups[at]
      const renamed = inPlace && there && !named.includes(there.id) ? there.id : null
      const id = named[at] ?? renamed ?? freeId(slugify(en, 'group').slice(0, LONGEST_ID).replace(/-+$/, ''), taken)
      taken.add(id)
      return { id, name: { vi, en } }
    }),
    abbreviations: Object.fromEntries(shortForms.map(([short, long]) => [short.toLowerCase(), long])),
  }
}

export const typedLists = ({ groups, abbreviations }: Lists): Record<string, string> => ({
  groups: groups.map(({ name }) => `${name.vi} | ${name.en}`).join('\n'),
  shortForms: Object.entries(abbreviations)
    .map(([short, long]) => `${short} = ${long}`)
    .join('\n'),
})
