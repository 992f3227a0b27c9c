import type { RecordRepository } from '../../../platform/records/record.repository.js'

interface TakenOnceDeps {
  records: RecordRepository
  /** Told after a mail was put into the outbox. */
  onMail(): void
}

/**
 * Stores the need of a draft once, however often and by however many requests at once it is sent; resolves with the need's
 * id. `source`: of the needs that are stored so, each with its draft's id as externalId.
 */
export const takenOnce = ({ records, onMail }: TakenOnceDeps, source: string) => {
  const taken = async (parkId: string, draftId: string) =>
    (await records.byExternalIds(parkId, 'need', source, [draftId]))[0]?.id ?? null
  return async (parkId: string, draftId: string, store: () => Promise<string>): Promise<string> => {
    const before = await taken(parkId, draftId)
    if (before) return before
    try {
      const id = await store()
      onMail()
      return id
    } catch (error) {
      // Of two requests at once, the unique externalId lets one through; the other finds the need there.
      const meanwhile = await taken(parkId, draftId)
      if (meanwhile) return meanwhile
      throw error
    }
  }
}
