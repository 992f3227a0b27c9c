import type { LocalText } from './text.js'

/** The park a request is about: its name, place and contacts are data, so that the product serves any park. */
export interface ParkContext {
  id: string
  slug: string
  name: LocalText
  /** Where it is, as a visitor would say it: "Vị Thanh, Cần Thơ". */
  place: LocalText
  /** IANA name; plain dates are days of this zone. */
  timeZone: string
  contacts: {
    email?: string | undefined
    phone?: string | undefined
    address?: string | undefined
  }
  zones: readonly { id: string; name: LocalText }[]
  /** Whether what it lists is made up for demonstration. */
  demonstration: boolean
}
