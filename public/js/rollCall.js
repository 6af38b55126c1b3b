// Roll call: each press saves its own row by htmx. What could not be saved is sent again with the next press that gets through; an answer
// that is no roll (session ended, class closed by somebody) sends the whole form as a page without script would, so that nothing is lost.

const form = document.getElementById('form');
const said = document.getElementById('roll-said');

function rowOf(event) {
  return event.target instanceof Element ? event.target.closest('[data-roll-row]') : null;
}

function sayOffline() {
  const line = document.createElement('div');
  line.className = 'notice warn';
  const count = document.querySelectorAll('[data-roll-row][data-unsaved]').length;
  const current = document.getElementById('roll-said');
  line.textContent = current.dataset.offline.replace('#', String(count));
  current.replaceChildren(line);
}

if (form && said) {
  document.addEventListener('htmx:error', (event) => {
    const row = rowOf(event);
    if (row === null) return;
    row.dataset.unsaved = '';
    sayOffline();
  });
  document.addEventListener('htmx:after:request', (event) => {
    const row = rowOf(event);
    const { response } = event.detail.ctx;
    if (row === null || !response) return;
    const { status } = response.raw;
    if (status >= 400 && status !== 422) {
      form.submit();
      return;
    }
    delete row.dataset.unsaved;
    const waiting = document.querySelector('[data-roll-row][data-unsaved]');
    if (waiting !== null) waiting.dispatchEvent(new Event('change', { bubbles: true }));
  });
}
