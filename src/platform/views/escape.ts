import Handlebars from 'handlebars'

/** Text as HTML, quotes included, so that it may stand between tags or in a quoted attribute. */
export const escapeHtml = (text: string): string => Handlebars.escapeExpression(text)

/** Marks markup as ready to print. Every text in it has been through `escapeHtml`. */
export const markup = (html: string): Handlebars.SafeString => new Handlebars.SafeString(html)
