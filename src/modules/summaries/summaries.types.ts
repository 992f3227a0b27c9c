import type { PlainDate } from '../../kernel/clock.js'
import type { LocalText } from '../../kernel/text.js'

export const LISTING_TYPES = ['provider', 'business'] as const
export type ListingType = (typeof LISTING_TYPES)[number]

/**
 * Where a listing stands. `pending` was never public, `unlisted` keeps itself out of the directory, `withheld` ones are told
 * apart by why.
 */
export const STANDINGS = ['public', 'pending', 'unlisted', 'suspended', 'expired', 'archived', 'merged'] as const
export type Standing = (typeof STANDINGS)[number]

/** Quarters of completeness, by their lower end. */
export const BANDS = [0, 25, 50, 75] as const
export type Band = (typeof BANDS)[number]

/** By which listings are counted; each combination that occurs has a row that counts it. */
export interface Dimensions {
  type: ListingType
  standing: Standing
  band: Band
  source: string
  featured: boolean
  /** Whether somebody looks after it as its owner. */
  owned: boolean
}

/** What lists and counts need of a firm or a business. */
export interface SummaryRow extends Dimensions {
  /** The record's. */
  _id: string
  parkId: string
  version: number
  slug: string
  /** What it goes by: a firm's trade name, else its name. */
  name: LocalText
  /** Accent-free, lower case. */
  sortName: string
  /** Accent-free words of all its names, its tax code and its domain. */
  words: string[]
  taxCode: string | null
  /** Whether its people are preparing another version. */
  changing: boolean
  /** 0 to 100, and what it lacks for a good match, the most valuable first: keys of `organisations.completeness`. */
  completeness: number
  missing: string[]
  expiresOn: PlainDate | null
  mergedInto: string | null
  createdAt: Date
  updatedAt: Date
}

export interface CountRow extends Dimensions {
  _id: string
  parkId: string
  n: number
}
