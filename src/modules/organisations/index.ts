export { createMembershipIndexes } from './memberships.model.js'
export { type MembershipRepository, membershipRepository } from './memberships.repository.js'
export { organisationPages } from './organisations.routes.js'
