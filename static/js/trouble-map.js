// Puts what a teacher's students got wrong beside the passages it is about.

function mark(row) {
  const passage = document.getElementById(row.dataset.trouble);
  if (!passage) return;
  const link = document.createElement("a");
  link.className = "trouble-mark";
  link.href = row.querySelector("[data-report]")?.href ?? "#trouble-map";
  link.textContent = row.dataset.count;
  const said = row.querySelector("[data-said]").textContent;
  link.setAttribute("aria-label", said.trim().replace(/\s+/g, " "));
  link.title = link.getAttribute("aria-label");
  (passage.cells?.[0] ?? passage).prepend(link);
}

document.addEventListener("htmx:load", ({ target }) => {
  if (target.id !== "trouble-map") return;
  // The fragment comes anew whenever progress is made.
  for (const old of document.querySelectorAll(".trouble-mark")) old.remove();
  for (const row of target.querySelectorAll("[data-trouble]")) mark(row);
});
