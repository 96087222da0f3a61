// Puts what a teacher's students got wrong, and what they asked, beside the passages.

const MAPS = ["trouble-map", "question-map"];

function mark(row, map) {
  const passage = document.getElementById(row.dataset.trouble);
  if (!passage) return;
  const link = document.createElement("a");
  link.className = `trouble-mark of-${map}`;
  link.href = row.querySelector("[data-report]")?.href ?? `#${map}`;
  link.textContent = row.dataset.count;
  const said = row.querySelector("[data-said]").textContent;
  link.setAttribute("aria-label", said.trim().replace(/\s+/g, " "));
  link.title = link.getAttribute("aria-label");
  (passage.cells?.[0] ?? passage).prepend(link);
}

document.addEventListener("htmx:load", ({ target }) => {
  const map = target.id;
  if (!MAPS.includes(map)) return;
  // The fragment comes anew whenever progress is made.
  for (const old of document.querySelectorAll(`.of-${map}`)) old.remove();
  for (const row of target.querySelectorAll("[data-trouble]")) mark(row, map);
});
