// Keeps the answers given while signed out: the server marks them and forgets them.

import { entries } from "./device-events.js";
import { record } from "./record-event.js";

function isKept(answer) {
  return entries().some(
    ({ item }) =>
      item.attempt === answer.attempt &&
      item.quiz === answer.quiz &&
      item.question === answer.question,
  );
}

function keepAnswers(root) {
  const given = root.matches?.("[data-answered]") ? [root] : [];
  given.push(...root.querySelectorAll("[data-answered]"));
  for (const element of given) {
    for (const answer of JSON.parse(element.dataset.answered || "[]")) {
      // The server says of these that nobody is signed in.
      if (!isKept(answer)) record("answered", answer, "");
    }
  }
}

document.addEventListener("htmx:load", (event) => keepAnswers(event.target));
// htmx tells of a fragment a moment after it is shown: somebody may leave before.
addEventListener("pagehide", () => keepAnswers(document));
keepAnswers(document);
