export { findWards } from './places.rules.js'
export { allProvinces, placeName, provinceByCode, wardByCode, wardsOf } from './register.js'
