// "Ask about this": a sentence of the lesson, selected or chosen, goes with a question.

const text = document.querySelector(".lesson-body");
const form = () => document.querySelector("[data-ask]");
const offer = () => document.querySelector("[data-ask-about]");
let chosen = null;
let isChoosing = false;

const passages = () => [...text.querySelectorAll(".passage[id]")];

function wordsOf(passage) {
  const copy = passage.cloneNode(true);
  for (const more of copy.querySelectorAll(".trouble-mark, .way-back")) more.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function show(key) {
  const passage = key && document.getElementById(key);
  const box = form().querySelector("[data-about-chosen]");
  box.hidden = !passage;
  form().elements.about.value = passage ? key : "";
  box.querySelector("[data-about-words]").textContent = passage ? wordsOf(passage) : "";
}

function mark(passage) {
  chosen?.classList.remove("is-chosen");
  chosen = passage;
  if (!passage) return;
  passage.classList.add("is-chosen");
  passage.tabIndex = -1;
  passage.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "center" });
}

function choosing(isOn) {
  isChoosing = isOn;
  document.body.toggleAttribute("data-choosing", isOn);
  const how = form()?.querySelector("[data-choose-how]");
  if (how) how.hidden = !isOn;
  const top = (it) => it.getBoundingClientRect().bottom > 80;
  mark(isOn ? (passages().find(top) ?? passages().at(-1)) : null);
}

function ask(passage) {
  choosing(false);
  offer().hidden = true;
  show(passage.id);
  form().elements.question.focus({ preventScroll: true });
  form().scrollIntoView({ block: "center" });
}

function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const from = selection.getRangeAt(0).startContainer;
  const passage = (from.closest ? from : from.parentElement)?.closest(".passage[id]");
  return passage && text.contains(passage) ? passage : null;
}

if (text) {
  document.addEventListener("selectionchange", () => {
    if (!form() || isChoosing) return;
    const passage = selected();
    offer().hidden = !passage;
    if (passage) offer().dataset.askAbout = passage.id;
  });
  document.addEventListener("click", (event) => {
    const { target } = event;
    if (!form() || !target.closest) return;
    if (target.closest("[data-choose]")) choosing(true);
    else if (target.closest("[data-about-away]")) show("");
    else if (target.closest("[data-ask-about]")) {
      ask(document.getElementById(offer().dataset.askAbout));
    } else if (isChoosing && target.closest(".lesson-body .passage[id]")) {
      event.preventDefault();
      ask(target.closest(".passage[id]"));
    }
  });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!isChoosing || !(step || ["Enter", "Escape"].includes(event.key))) return;
    event.preventDefault();
    const all = passages();
    if (step) mark(all[all.indexOf(chosen) + step] ?? chosen);
    else if (event.key === "Enter") ask(chosen);
    else {
      choosing(false);
      form().querySelector("[data-choose]").focus();
    }
  });
  document.addEventListener("htmx:load", ({ target }) => {
    if (target.id !== "tutor-panel" || !form()) return;
    form().querySelector("[data-choose]").hidden = false;
    show(form().elements.about.value);
  });
}
