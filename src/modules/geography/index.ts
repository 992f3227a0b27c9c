export { type FoundPlace, findWards } from './places.rules.js'
export { type Province, placeName, provinceByCode, type Ward, wardByCode, wardsOf } from './register.js'
