export { needDocument, type NeedRecord, NEEDS_INDEX, wantedServices } from './needs.search.js'
export { NEED_STATUSES, type NeedContent, needContent, type NeedStatus } from './needs.schemas.js'
export { type NeedService, needService } from './needs.service.js'
