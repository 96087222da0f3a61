// Shows a signed-out reader what this device knows: where to go on, what is read.

import { ownedBy } from "./device-events.js";
import { reader } from "./reader.js";

/** By lesson: the last stop, and whether it was finished. */
function known() {
  const lessons = new Map();
  for (const { item } of ownedBy("")) {
    if (!item.lesson) continue;
    const lesson = lessons.get(item.lesson) ?? { stop: "", isFinished: false };
    if (item.kind === "reached") lesson.stop = item.passage;
    if (item.kind === "finished") lesson.isFinished = true;
    lessons.set(item.lesson, lesson);
  }
  return lessons;
}

function titleOfSection(passage) {
  return document.getElementById(passage)?.closest("section")?.querySelector("h2");
}

function showPlace(lessons) {
  const slot = document.getElementById("lesson-me");
  const stopped = slot?.querySelector("[data-stopped]");
  const lesson = lessons.get(slot?.dataset.reading);
  if (!stopped || !lesson) return;
  slot.querySelector("[data-finished]").hidden = !lesson.isFinished;
  const title = titleOfSection(lesson.stop);
  stopped.hidden = lesson.isFinished || !title;
  if (!title) return;
  stopped.querySelector("[data-section]").textContent = title.textContent.trim();
  const link = stopped.querySelector("a");
  link.href = `${slot.dataset.url}#${lesson.stop}`;
}

function showStates(lessons) {
  const words = document.getElementById("lesson-states")?.dataset;
  if (!words?.read) return;
  for (const [slug, { isFinished }] of lessons) {
    const state = document.getElementById(`state-${slug}`);
    if (!state) continue;
    state.className = `state ${isFinished ? "is-read" : "is-reading"}`;
    state.textContent = isFinished ? words.read : words.started;
  }
}

export function showDevice() {
  if (reader() !== "") return;
  const lessons = known();
  showPlace(lessons);
  showStates(lessons);
}

document.addEventListener("htmx:load", showDevice);

// The server cannot know which cards a page shows that is the same for everyone.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "lesson-states") return;
  const cards = [...document.querySelectorAll('.state[id^="state-"]')];
  const slugs = cards.map((card) => card.id.slice("state-".length));
  event.detail.parameters.set("lessons", slugs.join(","));
});
