export {
  type ConsentRow,
  countLinksAsMailed,
  createAccountAddressIndex,
  createAccountHolderIndex,
  createPeopleIndexes,
  nameConsentWays,
  type PersonRow,
} from './people.model.js'
export { peopleData } from './people.personal-data.js'
export { type Guest, type PeopleRepository, peopleRepository } from './people.repository.js'
export { whoWas } from './who-was.js'
