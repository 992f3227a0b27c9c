export {
  type ConsentRow,
  createAccountAddressIndex,
  createAccountHolderIndex,
  createPeopleIndexes,
  nameConsentWays,
  type PersonRow,
} from './people.model.js'
export { peopleData } from './people.personal-data.js'
export { type PeopleRepository, peopleRepository } from './people.repository.js'
