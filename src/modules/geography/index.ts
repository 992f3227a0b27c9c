export { type FoundPlace, findWards } from './places.rules.js'
export { allProvinces, type Province, placeName, provinceByCode, type Ward, wardByCode, wardsOf } from './register.js'
