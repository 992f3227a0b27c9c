import type { LocalText } from './text.js'

/** Pages whose words the park's administrators write, in Markdown. */
export const PARK_PAGES = ['home', 'about', 'contact', 'terms', 'privacy'] as const
export type ParkPage = (typeof PARK_PAGES)[number]

export interface ParkZone {
  /** What firms' records refer to; stays the same when it is renamed. */
  id: string
  name: LocalText
  summary?: LocalText | undefined
  /** Names of its units (buildings, floors, rooms, plots), as firms' records hold them. */
  units?: readonly string[] | undefined
}

export interface ParkFact {
  text: LocalText
  source: string
  asOf: string
  status: 'draft' | 'in_force' | 'superseded'
}

/** The park's own picture, drawn anew when it was sent. */
export interface ParkLogo {
  /** Id of the file. */
  file: string
  width: number
  height: number
  /** What it shows, for whoever does not see it. */
  alt: LocalText
}

/** The park a request is about: its name, place and contacts are data, so that the product serves any park. */
export interface ParkContext {
  id: string
  slug: string
  name: LocalText
  /** For narrow places; the name stands in for it. */
  shortName?: LocalText | undefined
  /** Where it is, as a visitor would say it: "Vị Thanh, Cần Thơ". */
  place: LocalText
  /** IANA name; plain dates are days of this zone. */
  timeZone: string
  /** Two-digit code of its province, whose wards are offered in forms. */
  province: string
  contacts: {
    email?: string | undefined
    phone?: string | undefined
    address?: LocalText | undefined
    /** When somebody is there. */
    hours?: LocalText | undefined
  }
  zones: readonly ParkZone[]
  /** Its story, in Markdown. */
  about: LocalText
  /** Dated statements with their sources, such as what the park offers a firm that settles there. */
  facts: readonly ParkFact[]
  logo?: ParkLogo | undefined
  /** Question and lead of the front page, where the park has words of its own. */
  front?: { question?: LocalText | undefined; lead?: LocalText | undefined } | undefined
  /** Words of its pages, in Markdown; `about` has a field of its own. */
  pages?: Partial<Record<Exclude<ParkPage, 'about'>, LocalText>> | undefined
  /** How the park's people work; what is left out goes by the product's own figures. */
  rules?:
    | { listingMonths?: number | undefined; targetHours?: Readonly<Partial<Record<string, number>>> | undefined }
    | undefined
  /** The version of each part that administrators have changed, and since when it stands. */
  sections?: Readonly<Record<string, { version: number; at: Date }>> | undefined
  /** Whether what it lists is made up for demonstration. */
  demonstration: boolean
}
