import type { FieldModel } from './field-model.rules.js'
import { fieldTexts } from './field-texts.js'
import { keptModel } from './kept-model.js'

const kept = keptModel('field-model', fieldTexts)

/** The model of the field's texts. */
export const fieldModel = (): FieldModel & { of: string } => kept.model()

/** Changes with the field's texts and with how they are read: what was read by others is to be read anew. */
export const fieldVersion = (): string => fieldModel().of

/** Part of the build. */
export const writeFieldModel = (): void => kept.write()
