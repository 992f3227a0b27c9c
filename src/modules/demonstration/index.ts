export { demonstrationService } from './demonstration.service.js'
export { DEMONSTRATION, DEMONSTRATION_PEOPLE } from './demonstration-people.js'
export { type DemonstrationSignIn, demonstrationFactor, demonstrationPeople } from './demonstration-people.service.js'
