// Lights the passage a sentence rests on, says each sentence once, keeps the focus.

const waited = new Set();
const said = new Set();
let left = "";

const panel = () => document.getElementById("tutor-panel");
const region = () => panel()?.querySelector("[data-said]");

function say(text) {
  const line = region();
  if (line) line.textContent = text;
}

// Only of an answer that was waited for: what was there before is read as text.
function tell(exchange) {
  if (exchange.hasAttribute("aria-busy")) waited.add(exchange.id);
  const sentences = [...exchange.querySelectorAll("[data-say]")];
  const fresh = sentences.filter((it) => !said.has(it.dataset.say));
  for (const sentence of fresh) said.add(sentence.dataset.say);
  if (!waited.has(exchange.id) || !fresh.length) return;
  say(fresh.map((it) => it.textContent.trim().replace(/\s+/g, " ")).join(" "));
}

function darken() {
  for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  document.querySelector(".way-back:not([hidden])")?.remove();
}

function light(place, passages) {
  darken();
  left = place.id;
  for (const passage of passages) passage.classList.add("is-lit");
  const [first] = passages;
  const back = panel().querySelector("[data-way-back]").cloneNode(true);
  back.hidden = false;
  // Tabbed to next, right after the passage.
  (first.cells?.[0] ?? first).append(back);
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "center" });
  say(region()?.dataset.lit ?? "");
}

function goBack() {
  darken();
  const place = document.getElementById(left) ?? panel();
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (event.target.closest("[data-way-back]")) {
    event.preventDefault();
    goBack();
    return;
  }
  const place = event.target.closest("a.see");
  const found = (place?.dataset.passages.split(" ") ?? [])
    .map((key) => document.getElementById(key))
    .filter(Boolean)
    // Under a key it had once, the passage is around it.
    .map((it) => it.closest(".passage") ?? it);
  if (!found.length) return;
  event.preventDefault();
  light(place, found);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector(".is-lit")) goBack();
});

document.addEventListener("htmx:load", ({ target }) => {
  const around = target.closest?.("#tutor-panel, .exchange");
  if (!around) return;
  for (const it of [target, ...target.querySelectorAll(".exchange")]) {
    if (it.matches(".exchange")) tell(it);
  }
});

// After what somebody sent, the focus goes to what came of it. A page that asks
// again by itself moves nothing.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!detail.requestConfig?.elt.matches("form")) return;
  const { id } = detail.target;
  if (id !== "tutor-panel" && !id.startsWith("exchange-")) return;
  const came = document.getElementById(id) ?? document.getElementById("danger-help");
  const next =
    came?.querySelector(".error-summary") ??
    came?.querySelector(".exchange[aria-busy]") ??
    came;
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
});
