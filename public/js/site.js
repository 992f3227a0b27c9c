// Pages work without this file; it only lets the style sheet know that a script runs, and shows failures as whole pages.
document.documentElement.classList.add('js')

// A live update that failed becomes an ordinary visit to the same address, where the reader is told what happened.
for (const failure of ['htmx:responseError', 'htmx:sendError', 'htmx:timeout']) {
  document.addEventListener(failure, ({ detail }) => {
    if (detail.requestConfig.verb === 'get') window.location.assign(detail.pathInfo.finalRequestPath)
  })
}

// After a form with errors the reader starts at their list.
document.querySelector('.error-summary')?.focus()
