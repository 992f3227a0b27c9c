import { writeFieldModel, writeSpecialityModel } from '../src/modules/matching/index.js'

/** Part of the build: counts the field's texts, and those of the services' specialities, once for all who start. */
writeFieldModel()
writeSpecialityModel()
