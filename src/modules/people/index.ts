export { createAccountAddressIndex, createPeopleIndexes, nameConsentWays, type PersonRow } from './people.model.js'
export { type PeopleRepository, peopleRepository } from './people.repository.js'
