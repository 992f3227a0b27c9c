export { outboxPages } from './outbox/outbox.routes.js'
export { staffPeoplePages } from './people/people.routes.js'
