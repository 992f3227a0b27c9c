import type { ClientSession } from 'mongoose'

/** One person of one park. */
export interface DataSubject {
  parkId: string
  personId: string
}

/**
 * What one part of the product keeps about people. Whoever stores something that leads to a person contributes one, and it
 * is wired in `core.ts`; the download and the erasure are made of nothing else.
 */
export interface PersonalDataSource {
  /** Under which its part stands in the download, and its words on the page: `privacy.parts.<name>`. */
  name: string
  /** All that is kept about the person, as JSON, and of other people opaque ids alone; null or an empty list for nothing. */
  exportFor(subject: DataSubject): Promise<object | null>
  /** Takes the person out, in the transaction of the whole erasure. What has to stay names him by his opaque id alone. */
  erase(subject: DataSubject, session: ClientSession): Promise<void>
}
