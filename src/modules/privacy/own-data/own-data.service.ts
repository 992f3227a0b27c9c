import { NotFound } from '../../../kernel/errors.js'
import { type Actor, can } from '../../../kernel/permissions.js'
import type { DataSubject, PersonalDataSource } from '../../../platform/personal-data.js'
import type { PeopleRepository } from '../../people/index.js'

export interface OwnDataDeps {
  people: PeopleRepository
  sources: readonly PersonalDataSource[]
}

/** Everything that is kept about somebody, by the names of the sources. */
export type OwnData = Readonly<Record<string, object | null>>

export interface OwnDataService {
  /** @throws {NotFound} when it is not the actor's own. */
  read(actor: Actor, subject: DataSubject): Promise<OwnData>
}

export function ownDataService({ people, sources }: OwnDataDeps): OwnDataService {
  const exportOf = async (subject: DataSubject): Promise<OwnData> => {
    const parts = await Promise.all(
      sources.map(async (source) => [source.name, await source.exportFor(subject)] as const),
    )
    return Object.fromEntries(parts)
  }
  return {
    read: async (actor, subject) => {
      if (!can(actor, 'person:read-data', { type: 'person', id: subject.personId }))
        throw new NotFound('person', subject.personId)
      const [me, ...guests] = await subjectsOf(people, subject)
      const own = await exportOf(me)
      if (guests.length === 0) return own
      // Needs posted without signing in, under the address that he has proved to be his.
      return { ...own, asGuest: await Promise.all(guests.map(exportOf)) }
    },
  }
}

/** The person, and of somebody with an account the guests who gave the address that is proved to be his. */
export async function subjectsOf(
  people: PeopleRepository,
  subject: DataSubject,
): Promise<[DataSubject, ...DataSubject[]]> {
  const person = await people.byId(subject.personId)
  if (!person || person.erasedAt || person.parkId !== subject.parkId) throw new NotFound('person', subject.personId)
  if (!person.hasAccount || !person.email) return [subject]
  const guests = await people.guestsOf(subject.parkId, person.email)
  return [subject, ...guests.map(({ _id }) => ({ parkId: subject.parkId, personId: _id }))]
}
