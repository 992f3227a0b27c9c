export { demonstrationService } from './demonstration.service.js'
