// Check boxes per row: <input data-pick-all> in the head, <input data-pick> in the rows, all in one <form> or table, and
// <b hidden>… <span data-pick-count>0</span></b> in the bar of commands. Without script every box is ticked by hand, the server counts.

function wire(all) {
  const area = all.closest('form') || document;
  const boxes = Array.from(area.querySelectorAll('input[data-pick]'));
  const counts = Array.from(area.querySelectorAll('[data-pick-count]'));
  all.hidden = false;
  for (const count of counts) count.parentElement.hidden = false;

  function show() {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    for (const count of counts) count.textContent = String(ticked);
    for (const box of boxes) {
      const row = box.closest('tr');
      if (row) row.classList.toggle('on', box.checked);
    }
  }

  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener('change', show);
  show();
}

for (const all of document.querySelectorAll('[data-pick-all]')) wire(all);
