export { BUSINESSES_INDEX, businessDocument, type BusinessRecord } from './businesses.search.js'
export { businessProfile, type BusinessProfile } from './businesses.schemas.js'
export { type BusinessService, businessService } from './businesses.service.js'
