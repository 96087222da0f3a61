// Arrow keys move between the fields of a table marked data-grid, Home and End to
// the ends of its row, with Control to its corners. One field is in the Tab order.

/** The fields of a row; where headings hold two links, two lines of them. */
function lines(row) {
  const links = [...row.cells].map((cell) => [...cell.querySelectorAll("a")]);
  const most = Math.max(1, ...links.map((found) => found.length));
  return Array.from({ length: most }, (_, number) =>
    links.map((found, cell) => found[number] ?? found.at(-1) ?? row.cells[cell]),
  );
}

function start(table) {
  const grid = [...table.rows].flatMap(lines);
  for (const field of grid.flat()) field.tabIndex = -1;
  let here = lines(table.tBodies[0].rows[0])[0].at(2);
  here.tabIndex = 0;

  function settle(field) {
    here.tabIndex = -1;
    here = field;
    here.tabIndex = 0;
  }

  /** The next other field that way; a heading may stand in two lines. */
  function beyond(row, column, down, along) {
    let field;
    do {
      row += down;
      column += along;
      field = grid[row]?.[column];
    } while (field && field === here);
    return field;
  }

  table.addEventListener("focusin", ({ target }) => {
    if (grid.some((line) => line.includes(target))) settle(target);
  });

  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const row = grid.findIndex((line) => line.includes(here));
    const column = grid[row].indexOf(here);
    const forward = getComputedStyle(table).direction === "rtl" ? -1 : 1;
    const ways = {
      ArrowUp: () => beyond(row, column, -1, 0),
      ArrowDown: () => beyond(row, column, 1, 0),
      ArrowLeft: () => beyond(row, column, 0, -forward),
      ArrowRight: () => beyond(row, column, 0, forward),
      Home: () => grid[event.ctrlKey ? 0 : row][0],
      End: () => grid.at(event.ctrlKey ? -1 : row).at(-1),
    };
    if (!ways[event.key]) return;
    event.preventDefault();
    const field = ways[event.key]();
    if (!field) return;
    settle(field);
    field.focus();
  });
}

document.querySelectorAll("[data-grid]").forEach(start);
