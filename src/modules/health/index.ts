export { healthHandlers } from './health.routes.js'
