export {
  approveAction,
  readAnyNote,
  readNote,
  readRejection,
  rejectAction,
  sendBackAction,
} from './deciding.actions.js'
export { editCasePages } from './edit-need.routes.js'
export { listingFields } from './listing.fields.js'
export { parkFieldSpecs, placeValues, readParkFields, withParkFields } from './park-fields.js'
export { addressOf, nameOf, recordNames } from './record-names.js'
export { reviews } from './reviews.js'
export { decisionMail, saidInMail } from './reviews.mail.js'
export { whoWaits } from './who-waits.js'
