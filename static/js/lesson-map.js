// Marks the section being read in the lesson map, and names it in the bar of a phone.

const sections = [...document.querySelectorAll(".section[id]")];
const places = document.querySelectorAll("[data-map-place]");
const bars = document.querySelectorAll("details[data-map-bar]");
const inView = new Set();
let current;

function mark(section) {
  if (section === current) return;
  current = section;
  for (const link of document.querySelectorAll("[data-map] a")) {
    if (link.hash === `#${section.id}`) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
  const title = section.querySelector("h2")?.textContent ?? "";
  for (const place of places) place.textContent = title;
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target);
      else inView.delete(target);
    }
    const lowest = sections.filter((section) => inView.has(section)).at(-1);
    if (lowest) mark(lowest);
  },
  // A band near the top of the screen: where the eyes are.
  { rootMargin: "-15% 0px -65% 0px" },
);
for (const section of sections) observer.observe(section);

// The outline covers the text on a phone: it closes once a section is chosen.
for (const bar of bars) {
  bar.addEventListener("click", (event) => {
    if (event.target.closest("a")) bar.open = false;
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !bar.open) return;
    bar.open = false;
    bar.querySelector("summary").focus();
  });
  addEventListener("hashchange", () => {
    bar.open = false;
  });
}
