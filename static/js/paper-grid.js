// A grid to type sheets of paper in: Enter goes on, arrows move, a row left is saved.

const CELL = "[data-cell]";
const rowOf = (element) => element?.closest?.("[data-code]");
const cellsIn = (element) => [...element.querySelectorAll(CELL)];

function go(cell) {
  cell?.focus();
  cell?.select();
  return Boolean(cell);
}

function step(cell, by) {
  const cells = cellsIn(document);
  return go(cells[cells.indexOf(cell) + by]);
}

function stepRow(cell, by) {
  const row = rowOf(cell);
  const next = by > 0 ? row.nextElementSibling : row.previousElementSibling;
  if (!next) return false;
  const cells = cellsIn(next);
  return go(cells[Math.min(cellsIn(row).indexOf(cell), cells.length - 1)]);
}

const MOVES = {
  Enter: (cell, back) => step(cell, back ? -1 : 1) || (save(rowOf(cell)), true),
  ArrowDown: (cell) => stepRow(cell, 1),
  ArrowUp: (cell) => stepRow(cell, -1),
  // At the end of what is typed, or where all of it is selected.
  ArrowLeft: (cell) => cell.selectionStart === 0 && step(cell, -1),
  ArrowRight: (cell) => cell.selectionEnd === cell.value.length && step(cell, 1),
};

function save(row) {
  if (row?.isConnected && "changed" in row.dataset) {
    row.querySelector("form").dispatchEvent(new CustomEvent("row-left"));
  }
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!target.matches?.(CELL) || event.isComposing) return;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.shiftKey && key !== "Enter") return;
  if (MOVES[key]?.(target, event.shiftKey)) event.preventDefault();
});

document.addEventListener("input", ({ target }) => {
  if (target.matches(CELL)) rowOf(target).dataset.changed = "";
});

document.addEventListener("focusout", ({ target }) => {
  const row = rowOf(target);
  // Later, when it is known where the focus has gone; another window is not away.
  if (row) setTimeout(() => rowOf(document.activeElement) !== row && save(row));
});

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  delete rowOf(target)?.dataset.changed;
});

// Not saved, or typed in meanwhile: it is sent again when the row is left.
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, ({ target }) => {
    const row = rowOf(target);
    if (row) row.dataset.changed = "";
  });
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const row = rowOf(event.detail.target);
  if (!row || !("changed" in row.dataset)) return;
  event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  const row = rowOf(target);
  if (row) document.querySelector("[data-saying]").textContent = row.dataset.said;
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-find]")) return;
  const code = event.target.elements.code.value.trim().toUpperCase();
  const row = document.querySelector(`[data-code="${CSS.escape(code)}"]`);
  if (!row) return;
  event.preventDefault();
  const cells = cellsIn(row);
  go(cells.find((cell) => !cell.value) ?? cells[0]);
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-changed]")) event.preventDefault();
});
