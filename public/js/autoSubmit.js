// A select inside <form data-auto-submit> sends its form when it changes; the form's own button (切换), needed without script, hides.
// Keyboards walk through options with change events, so a select opened by keys is sent on leaving it instead.

for (const form of document.querySelectorAll('form[data-auto-submit]')) {
  for (const button of form.querySelectorAll('[data-no-script]')) button.hidden = true;
  for (const select of form.querySelectorAll('select')) {
    let byKeys = false;
    let changed = false;
    select.addEventListener('keydown', (event) => {
      byKeys = event.key !== 'Enter' || byKeys;
    });
    select.addEventListener('pointerdown', () => {
      byKeys = false;
    });
    select.addEventListener('change', () => {
      changed = true;
      if (!byKeys) form.submit();
    });
    select.addEventListener('blur', () => {
      if (changed) form.submit();
    });
  }
}
