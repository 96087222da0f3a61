// After a question is swapped in, read on from there: by eye and by screen reader.

import "./clock.js";
import "./match.js";
import "./order.js";
import "./quiz-place.js";

document.addEventListener("htmx:afterSwap", (event) => {
  const card = document.getElementById(event.detail.target?.id ?? "");
  if (!card?.matches("[data-focus]")) return;
  card.focus({ preventScroll: true });
  const box = card.getBoundingClientRect();
  if (box.top < 0 || box.top > window.innerHeight / 2) {
    card.scrollIntoView({ block: "start" });
  }
});
