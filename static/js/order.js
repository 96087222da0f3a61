// Lines to put in order: moved by buttons or dragged. Their selects are what is sent.

import { dragLines, moveLine } from "./drag-lines.js";

const selectOf = (line) => line.querySelector("label").control;

function say(sentence, list, line) {
  const lines = [...list.children];
  const words = {
    line: line.querySelector("label").textContent,
    place: lines.indexOf(line) + 1,
    count: lines.length,
  };
  return sentence.replace(/{(\w+)}/g, (_, name) => words[name]);
}

function show(list) {
  const ends = { "-1": list.firstElementChild, 1: list.lastElementChild };
  for (const line of list.children) {
    for (const button of line.querySelectorAll("[data-step]")) {
      button.setAttribute("aria-label", say(button.dataset.label, list, line));
      button.setAttribute("aria-disabled", line === ends[button.dataset.step]);
    }
  }
  const isSet = [...list.children].every((line) => selectOf(line).value);
  list.classList.toggle("is-set", isSet);
}

function write(list) {
  [...list.children].forEach((line, index) => {
    // Behind the empty option stand the places, in their order.
    selectOf(line).selectedIndex = index + 1;
  });
}

/** Put the lines as their selects say; those without a place come last. */
function read(list) {
  const place = (line) => selectOf(line).selectedIndex || Infinity;
  const lines = [...list.children];
  if (lines.every((line) => place(line) === Infinity)) return;
  list.append(...lines.sort((one, other) => place(one) - place(other) || 0));
}

function start(question) {
  const list = question.querySelector("[data-lines]");
  const moved = (line) => {
    write(list);
    show(list);
    const said = say(question.dataset.said, list, line);
    question.querySelector("[data-saying]").textContent = said;
    selectOf(line).dispatchEvent(new Event("change", { bubbles: true }));
  };
  // Out of the lines that move: a browser fills fields in again by their order.
  question.querySelector("[data-selects]").append(...list.querySelectorAll("select"));
  for (const part of question.querySelectorAll("[data-plain]")) part.hidden = true;
  for (const part of question.querySelectorAll("[data-moved]")) part.hidden = false;
  question.dataset.order = "started";
  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-step]");
    const line = target.closest("li");
    if (button && moveLine(line, Number(button.dataset.step))) moved(line);
  });
  dragLines(list, moved);
  read(list);
  show(list);
}

document.addEventListener("htmx:load", () => {
  document.querySelectorAll('[data-order=""]').forEach(start);
});
// A browser that comes back to the page may have filled the selects in since.
addEventListener("pageshow", () => {
  for (const list of document.querySelectorAll("[data-order=started] [data-lines]")) {
    read(list);
    show(list);
  }
});
