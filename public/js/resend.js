// A form that outlived its session is sent with the token of the session that was begun beside it, so that once is enough.
for (const form of document.querySelectorAll('form[data-resend]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    fetch('/account', { credentials: 'same-origin' })
      .then((answer) => answer.text())
      .then((html) => {
        const page = document.createElement('template');
        page.innerHTML = html;
        const fresh = page.content.querySelector('[name=_csrf]');
        if (fresh) form.elements._csrf.value = fresh.value;
      })
      .catch(() => undefined)
      .then(() => form.submit());
  });
}
