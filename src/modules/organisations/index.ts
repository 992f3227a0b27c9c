export { createMembershipIndexes } from './memberships.model.js'
export { membershipData } from './memberships.personal-data.js'
export { type MembershipRepository, membershipRepository } from './memberships.repository.js'
export { organisationPages } from './organisations.routes.js'
