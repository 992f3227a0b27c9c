export { PROVIDERS_INDEX, providerDocument, type ProviderRecord } from './providers.search.js'
export { providerProfile, type ProviderProfile } from './providers.schemas.js'
export { type FoundProvider, type ProviderService, providerService } from './providers.service.js'
