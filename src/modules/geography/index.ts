export { findWards, type FoundPlace } from './places.rules.js'
export { placeName, type Province, provinceByCode, type Ward, wardByCode, wardsOf } from './register.js'
