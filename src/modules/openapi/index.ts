export { openApi } from './openapi.routes.js'
