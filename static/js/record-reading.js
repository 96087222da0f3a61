// Remembers which lesson was opened, where reading stopped, and that it was finished.

import { entries } from "./device-events.js";
import { lastReader, reader } from "./reader.js";
import { record } from "./record-event.js";
import { sendEvents } from "./send-events.js";

const STOP_EVERY = 5000;
const OPENED_AGAIN_AFTER = 30 * 60_000;
// Nobody reads faster; and a reader may have read the first part on another day.
const WORDS_A_SECOND = 24;
const LEAST_SECONDS = 15;

const lesson = document.body.dataset.lesson;
const passages = [...document.querySelectorAll(".passage[id]")];
const inView = new Set();
let hasMoved = false;
let stop = "";
let noted = "";
let timer;

function remembers(kind, since = "") {
  const whose = reader() ?? lastReader();
  return entries().some(
    ({ item, owner }) =>
      item.kind === kind &&
      item.lesson === lesson &&
      item.happened_at > since &&
      (owner ?? whose) === whose,
  );
}

export function noteOpened() {
  if (!lesson) return;
  const since = new Date(Date.now() - OPENED_AGAIN_AFTER).toISOString();
  if (!remembers("opened", since)) record("opened", { lesson });
}

function noteStop() {
  clearTimeout(timer);
  timer = undefined;
  if (!stop || stop === noted) return;
  noted = stop;
  record("reached", { lesson, passage: stop });
}

function watchPassages() {
  const observer = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) inView.add(target);
        else inView.delete(target);
      }
      const first = passages.find((passage) => inView.has(passage));
      // Opening a lesson at its top must not forget where reading stopped before.
      if (!first || !hasMoved) return;
      stop = first.id;
      timer ??= setTimeout(noteStop, STOP_EVERY);
    },
    { rootMargin: "-15% 0px -65% 0px" },
  );
  for (const passage of passages) observer.observe(passage);
  addEventListener("scroll", () => (hasMoved = true), { once: true, passive: true });
  addEventListener("pagehide", noteStop);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") noteStop();
  });
}

function watchEnd(end) {
  const words = document.querySelector(".lesson-body").textContent.split(/\s+/).length;
  const enough = Math.max(LEAST_SECONDS, words / WORDS_A_SECOND);
  let seconds = 0;
  const clock = setInterval(() => {
    const { top } = end.getBoundingClientRect();
    if (document.visibilityState === "hidden" || top < 0) return;
    seconds += 1;
    if (seconds < enough || top > innerHeight) return;
    clearInterval(clock);
    noteFinished();
  }, 1000);
}

async function noteFinished() {
  if (!remembers("finished")) record("finished", { lesson });
  await sendEvents();
  document.body.dispatchEvent(new CustomEvent("tendril:progress"));
}

if (lesson && passages.length) {
  watchPassages();
  watchEnd(document.getElementById("lesson-end"));
}
