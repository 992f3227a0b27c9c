import { unescaped } from './guest.js'
import { type Element, elementsIn } from './markup.js'

/** A form that posts, as it stands on a page. */
export interface PostingForm {
  action: string
  fields: FormField[]
}

export interface FormField {
  name: string
  /** `hidden`, `text`, `checkbox`, `textarea`, `select` … */
  type: string
  /** What stands in it; of a choice, its value. */
  value: string
  /** Of a select. */
  options: string[]
}

/** Every form of a page that posts. */
export function postingFormsIn(html: string): PostingForm[] {
  return Array.from(html.matchAll(/<form\b[^>]*>.*?<\/form>/gs), ([text]) => text).flatMap((text) => {
    const elements = elementsIn(text)
    const [form] = elements
    if (form?.attributes.get('method') !== 'post') return []
    return [{ action: unescaped(form.attributes.get('action') ?? ''), fields: fieldsOf(elements) }]
  })
}

function fieldsOf(elements: readonly Element[]): FormField[] {
  const fields: FormField[] = []
  for (const { name: element, attributes, raw } of elements) {
    const name = attributes.get('name')
    const value = unescaped(attributes.get('value') ?? '')
    const last = fields.at(-1)
    if (element === 'option' && last) {
      last.options.push(value)
      if (attributes.has('selected')) last.value = value
    } else if (element === 'button') fields.push({ name: name ?? '', type: element, value, options: [] })
    else if (name && ['input', 'textarea', 'select'].includes(element)) {
      const type = element === 'input' ? (attributes.get('type') ?? 'text') : element
      fields.push({ name, type, value: element === 'textarea' ? unescaped(raw).trim() : value, options: [] })
    }
  }
  return fields
}

const PLAUSIBLE: Record<string, string> = {
  text: 'Chữ bình thường, đủ dài để qua bước này',
  textarea: 'Chữ bình thường, đủ dài để qua bước này mà không bị chê là ngắn',
  email: 'nguoi.khac@tiem.example',
  tel: '0912345678',
  url: 'https://tiem.example',
  number: '3',
  date: '2027-03-01',
  password: 'không phải mật khẩu này đâu',
}

/** Fields that want more than ordinary words. */
const BY_NAME: Record<string, string> = { taxCode: '0100047516', founded: '2015', price: '5000000' }

const TAKES_AWAY = /remove|leave|discard|withdraw|erase|suspend|delete|end|decline|reject/

/** The names of a form's fields but for the token. */
export const namesOf = ({ fields }: PostingForm): string[] =>
  [...new Set(fields.map(({ name }) => name))].filter((name) => name && name !== '_csrf')

/** The fields that an answer says are wrong. */
export const wrongFieldsIn = (html: string): string[] =>
  Array.from(html.matchAll(/id="f-([\w.-]+?)(?:-\d+)?-error"/g), ([, name]) => name ?? '')

/** The form filled in as somebody sensible might: what stands there, the first of each choice, ordinary words. */
export function filledIn({ fields }: PostingForm): Record<string, string> {
  const filled: Record<string, string> = {}
  const buttons = fields.filter(({ type }) => type === 'button')
  // A button without a name sends what was typed; where each has one, the first that takes nothing away.
  const button = buttons.some(({ name }) => !name) ? null : buttons.find(({ value }) => !TAKES_AWAY.test(value))
  if (button) filled[button.name] = button.value
  for (const { name, type, value, options } of fields) {
    if (type === 'button') continue
    // Of several choices of one name the first is taken.
    if (name in filled && ['radio', 'checkbox'].includes(type)) continue
    if (type === 'file') continue
    if (type === 'select') filled[name] = value || (options.find(Boolean) ?? '')
    else filled[name] = value || BY_NAME[name] || (PLAUSIBLE[type] ?? '')
  }
  return filled
}
