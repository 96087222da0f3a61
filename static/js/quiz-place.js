// Keeps the place of a signed-out reader in a quiz: the page carries it, and is left.

import { keys, read, remove, write } from "./device-store.js";
import { reader, readerKnown } from "./reader.js";

const PLACE = "quiz:";

function keepPlace() {
  const lost = document.querySelector("[data-quiz-lost]");
  if (lost) remove(PLACE + lost.dataset.quizLost);
  const card = document.querySelector("[data-quiz]");
  if (!card) return;
  const state = card.querySelector("[name=state]")?.value;
  if (!state) remove(PLACE + card.dataset.quiz);
  else if (card.dataset.answered !== "[]") write(PLACE + card.dataset.quiz, state);
}

function offerPlace() {
  const form = document.querySelector("[data-quiz-place]");
  const state = form && reader() === "" && read(PLACE + form.dataset.quizPlace);
  if (!state) return;
  form.elements.state.value = state;
  form.hidden = false;
}

document.addEventListener("htmx:load", () => {
  keepPlace();
  offerPlace();
});

readerKnown.then((reader) => {
  // On a shared device, it is not for whoever comes after the one signing in.
  if (reader) keys(PLACE).forEach(remove);
  keepPlace();
  offerPlace();
});
