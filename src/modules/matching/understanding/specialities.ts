import type { Lang } from '../../../kernel/text.js'
import { keptModel } from './kept-model.js'
import { type SpecialityModel, specialityModelOf } from './specialities.rules.js'
import { digestOf, readTexts, type Texts, type ToldTexts, together } from './told-texts.js'

/** One of the kinds of work in a service: what an owner orders, and a firm delivers, as one thing. */
interface SpecialityTexts {
  id: string
  name: Readonly<Record<Lang, string>>
  /** How owners tell that they want just this, and how firms that do it describe it. */
  owners: Texts
  firms: Texts
}

/** A file for each service. */
function specialityTexts(): ToldTexts {
  const services = readTexts('specialities')
  return {
    digest: digestOf(services),
    kinds: () =>
      services.flatMap(({ id: service, content }) =>
        (JSON.parse(content) as SpecialityTexts[]).map(({ id, name, owners, firms }) => ({
          id: `${service}/${id}`,
          texts: together([owners, firms, { vi: [name.vi], en: [name.en] }]),
        })),
      ),
  }
}

const kept = keptModel('speciality-model', specialityTexts)
let made: SpecialityModel | null = null

/** The kinds of work in each service of the shipped taxonomy, made ready for comparison; a service that a park adds has none. */
export function specialityModel(): SpecialityModel {
  made ??= specialityModelOf(kept.model())
  return made
}

/** Changes with the specialities' texts and with how they are read. */
export const specialityVersion = (): string => kept.model().of

/** Part of the build. */
export const writeSpecialityModel = (): void => kept.write()
