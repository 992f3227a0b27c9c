import type { z } from 'zod'
import type { ParkContext } from '../../../kernel/park.js'
import type { Person } from '../../../platform/http/viewer.js'
import type { Change } from '../../../platform/records/change.repository.js'
import { addressOf } from '../../reviewing/index.js'
import type { ListingType, SummaryRepository, SummaryRow } from '../../summaries/index.js'
import type { Profile } from '../listing.types.js'
import type { newBusinessForm, newFirmForm } from './new.schemas.js'

export type NewListing =
  | { type: 'provider'; entry: z.output<typeof newFirmForm> }
  | { type: 'business'; entry: z.output<typeof newBusinessForm> }

export type EnterResult = { ok: true; id: string } | { ok: false; known: SummaryRow }

export type Enter = (actor: Person, park: ParkContext, wanted: NewListing) => Promise<EnterResult>

/** Enters a listing in the park's name. It is not public before a curator says so; a tax code is in the directory once. */
export function entering({ change, summaries }: { change: Change; summaries: SummaryRepository }): Enter {
  return async (actor, park, wanted) => {
    const { type, entry } = wanted
    const [known] = entry.taxCode ? await summaries.byTaxCode(park.id, entry.taxCode) : []
    if (known) return { ok: false, known }
    const working = firstContent(wanted)
    const [record] = await change<Profile>({
      ...{ parkId: park.id, type, by: actor.personId, why: 'entered by a curator' },
      edits: [{ source: 'curator', slugFrom: addressOf(working), set: { working } }],
    })
    if (!record) throw new TypeError('nothing was entered')
    return { ok: true, id: record.id }
  }
}

function firstContent({ type, entry }: NewListing): Profile {
  const said = {
    name: { vi: entry.name },
    ...(entry.taxCode && { taxCode: entry.taxCode }),
    description: entry.description ? { vi: entry.description } : {},
  }
  if (type === 'business') return { ...said, kind: entry.kind, tools: [], listed: true }
  const { tradeName, status, phone, website } = entry
  return {
    ...said,
    ...(tradeName && { tradeName }),
    park: { status },
    ...{ vsic: [], features: [], benefits: [], services: [], sectors: [], wards: [], provinces: [], languages: [] },
    ...{ certifications: [], cases: [], offers: [] },
    contacts: {
      ...(website && { website: { value: website, visibility: 'public' as const } }),
      ...(phone && { phone: { value: phone, visibility: 'introduced' as const } }),
    },
  }
}

export const kindOf = (asked: unknown): ListingType => (asked === 'business' ? 'business' : 'provider')
