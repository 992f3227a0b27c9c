export { listingPages } from './listings.routes.js'
