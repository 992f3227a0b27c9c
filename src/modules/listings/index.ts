export { expireListings } from './expiry/expiry.jobs.js'
export { expiryReview } from './expiry/expiry.review.js'
export { createReminderIndexes } from './expiry/reminders.model.js'
export { listingPages } from './listings.routes.js'
