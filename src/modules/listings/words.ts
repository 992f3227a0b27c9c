import type { Translate } from '../../platform/i18n/translator.js'

const SOURCES = ['import', 'demonstration', 'member', 'curator', 'guest']

/** Where a listing comes from; a source that an import has named stands as it is. */
export const sourceWords = (source: string, t: Translate): string =>
  SOURCES.includes(source) ? t(`listings.source.${source}`) : source
