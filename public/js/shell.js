// Small comforts of every page; each page works without them. Loaded once by the layouts.
import './pick.js';
import './autoSubmit.js';
import './rollCall.js';
import './resend.js';

// A refused form: the focus goes to the summary of what is to mend.
const summary = document.querySelector('[data-error-summary]');
if (summary) summary.focus();

// Drop-downs that are <details data-menu>: close by Escape, by a click elsewhere, and when another opens.
const menus = Array.from(document.querySelectorAll('details[data-menu]'));
document.addEventListener('click', (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of menus.filter((one) => one.open)) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

// 打印: shown only where a script can do it.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

// The numbers under a chart are open on paper.
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details[data-open-in-print]')) details.open = true;
});
