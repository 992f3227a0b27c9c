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
  /** Two-digit code of its province, whose wards are offered in forms. */
  province: string
  contacts: {
    email?: string | undefined
    phone?: string | undefined
    address?: LocalText | undefined
  }
  zones: readonly { id: string; name: LocalText; summary?: LocalText | undefined }[]
  about: LocalText
  /** Dated statements with their sources, such as what the park offers a firm that settles there. */
  facts: readonly { text: LocalText; source: string; asOf: string; status: 'draft' | 'in_force' | 'superseded' }[]
  /** Whether what it lists is made up for demonstration. */
  demonstration: boolean
}
