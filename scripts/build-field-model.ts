import { writeFieldModel } from '../src/modules/matching/index.js'

/** Part of the build: counts the field's texts once for all who start. */
writeFieldModel()
