// Who is reading: the header says it, on public pages a moment after they are shown.

import * as store from "./device-store.js";

const LAST = "reader";
/** Tells this showing of a page from others in which the reader was never known. */
export const PAGE = Math.random().toString(36).slice(2);
let here = null;
let tell;

/** Resolves to the reader's key, "" for nobody. Never does without a network. */
export const readerKnown = new Promise((resolve) => {
  tell = resolve;
});

function look() {
  const key = document.getElementById("who")?.dataset.reader;
  if (here !== null || key === undefined) return;
  here = key;
  store.write(LAST, key);
  tell(key);
}

/** The reader's key, "" for nobody, null while it is not known. */
export function reader() {
  return here;
}

export function lastReader() {
  return store.read(LAST) ?? "";
}

/** Whether somebody else has signed in or out in another tab since. */
export function hasChanged() {
  return here !== null && lastReader() !== here;
}

document.addEventListener("htmx:load", look);
addEventListener("pageshow", (event) => {
  // A page brought back as it was may show the work of whoever was here before.
  if (event.persisted && hasChanged()) location.reload();
});
look();
