// A list that changes in place while its words are typed or its filters chosen. Without this file, or without htmx, its form does the same
// with a button.
const list = document.querySelector('form[data-live]')
const words = list.querySelector('[type="search"]')
const results = document.getElementById('results')
const failed = document.getElementById('failed')

/** The words that the list was last asked for. */
let asked = words.value.trim()
/** Whether the place in the history is one of letters that go on. */
let typing = false

list.addEventListener('htmx:configRequest', (event) => {
  const { headers, triggeringEvent } = event.detail
  const now = words.value.trim()
  if (triggeringEvent?.type === 'input') {
    // The same words again, a blank more say, or sent with the button meanwhile.
    if (now === asked) return event.preventDefault()
    headers['X-Typing'] = typing ? 'goes-on' : 'begins'
    typing = true
  } else typing = false
  asked = now
})

const tellFailed = (shown) => {
  // The button that is pressed goes with its message.
  if (failed.contains(document.activeElement)) words.focus()
  failed.replaceChildren(...[...failed.children].filter((one) => one.tagName === 'TEMPLATE'))
  if (shown) failed.append(failed.querySelector('template').content.cloneNode(true))
}

list.addEventListener('htmx:beforeRequest', () => {
  tellFailed(false)
  results.setAttribute('aria-busy', 'true')
})
list.addEventListener('htmx:afterRequest', () => results.removeAttribute('aria-busy'))
for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  list.addEventListener(failure, () => {
    // What was asked for is not what is shown: the same words may be asked for again.
    asked = null
    tellFailed(true)
  })
}

// Links that lead to the same list otherwise (a filter taken away, another reading, another page) change it in place as well.
list.addEventListener('click', (event) => {
  // A suggestion has been chosen: the form is on its way, with its filters.
  if (event.defaultPrevented) return
  const link = event.target.closest('a[href]')
  if (!link || !window.htmx || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return
  const to = new URL(link.href)
  if (to.origin !== window.location.origin || to.pathname !== new URL(list.action).pathname || to.hash) return
  event.preventDefault()
  words.value = to.searchParams.get('q') ?? ''
  void window.htmx.ajax('GET', to.pathname + to.search, { source: results, target: results }).then(() => {
    // What was pressed is gone: the reader goes on where what came of it is said.
    const title = document.getElementById('results-title')
    title.tabIndex = -1
    title.focus({ preventScroll: true })
    if (results.getBoundingClientRect().top < 0) results.scrollIntoView()
  })
})
