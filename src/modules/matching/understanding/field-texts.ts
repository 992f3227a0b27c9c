import { OTHER } from './field-vector.rules.js'
import { digestOf, readTexts, type Texts, type ToldTexts, together } from './told-texts.js'

/** How a whole field speaks of a service, whatever firms and needs a park has. */
interface ServiceTexts {
  /** How owners tell what they lack, without its name: in a phrase, and as they tell a neighbour. */
  owners: Texts
  stories: Texts
  /** How firms that offer it describe what they do: in a phrase, and in a passage. */
  firms: Texts
  profiles: Texts
}

/** How people ask for work that no technology firm does. */
interface TradeTexts {
  words: Texts
  stories: Texts
}

/** All texts of the field, services first: a file for each service, and for each other trade, whose id stands behind `OTHER`. */
export function fieldTexts(): ToldTexts {
  const services = readTexts('field-words')
  const trades = readTexts('other-trades')
  return {
    digest: digestOf([...services, ...trades]),
    kinds: () => [
      ...services.map(({ id, content }) => ({ id, texts: ofService(JSON.parse(content)) })),
      ...trades.map(({ id, content }) => ({ id: OTHER + id, texts: ofTrade(JSON.parse(content)) })),
    ],
  }
}

const ofService = ({ owners, stories, firms, profiles }: ServiceTexts) => together([owners, stories, firms, profiles])

const ofTrade = ({ words, stories }: TradeTexts) => together([words, stories])
