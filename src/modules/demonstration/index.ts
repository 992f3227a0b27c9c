export { DEMONSTRATION, type DemonstrationService, demonstrationService } from './demonstration.service.js'
