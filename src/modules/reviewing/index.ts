export { approveAction, readNote, sendBackAction } from './deciding.actions.js'
export { nameOf, recordNames } from './record-names.js'
export { reviews } from './reviews.js'
export { decisionMail } from './reviews.mail.js'
