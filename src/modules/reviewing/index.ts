export { reviews } from './reviews.js'
