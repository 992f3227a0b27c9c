export { typeAheadPages } from './type-ahead.routes.js'
