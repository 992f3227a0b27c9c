export { createAccountAddressIndex, createPeopleIndexes, type PersonRow } from './people.model.js'
export { type PeopleRepository, peopleRepository } from './people.repository.js'
