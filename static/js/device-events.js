// The events on this device. Each has a key of its own, so that two tabs never
// overwrite each other's and a damaged one takes no other along.
//
// An entry is { item, owner, before, page, batch, apart }: what the server will get;
// whose it is ("" nobody's, null not known yet) and, while that is not known, who was
// here last and in which page it happened; the batch in which it was added to an
// account; readers who said it is not theirs.

import * as store from "./device-store.js";

const EVENT = "event:";
const ASIDE = "aside:";

export function newId() {
  // Not crypto.randomUUID: a school's network may have no https.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function stored(beginning) {
  return store
    .keys(beginning)
    .map((key) => store.read(key))
    .filter((entry) => typeof entry?.item?.id === "string" && entry.item.kind);
}

/** All entries, in the order in which they happened. */
export function entries() {
  const order = (a, b) => (a.item.happened_at < b.item.happened_at ? -1 : 1);
  return stored(EVENT).sort(order);
}

export function ownedBy(owner) {
  return entries().filter((entry) => entry.owner === owner);
}

/** Nobody's, and not yet refused by this reader. */
export function openTo(reader) {
  return ownedBy("").filter((entry) => !entry.apart?.includes(reader));
}

export function save(entry) {
  const key = EVENT + entry.item.id;
  if (store.write(key, entry)) return;
  thin();
  store.write(key, entry);
}

export function forget(entry) {
  store.remove(EVENT + entry.item.id);
}

/** Drop stops in a lesson that a later stop has replaced: only the last one counts. */
export function thin() {
  const latest = new Map();
  for (const entry of entries()) {
    if (entry.item.kind !== "reached" || entry.batch) continue;
    const place = JSON.stringify([entry.owner, entry.before, entry.item.lesson]);
    if (latest.has(place)) forget(latest.get(place));
    latest.set(place, entry);
  }
}

/** Give entries whose owner was not known one, now that this page knows its reader. */
export function settleOwners(reader, thisPage) {
  for (const { before, page, ...entry } of ownedBy(null)) {
    if (page === thisPage) save({ ...entry, owner: reader });
    else if (before === reader) save({ ...entry, owner: reader });
    else if (!before) save({ ...entry, owner: "" });
    // Else they are theirs, if anybody's, who was here before: until they return.
  }
}

/** Keep, out of the way, what the server will not have, and why. */
export function setAside(entry, message) {
  store.write(ASIDE + entry.item.id, { ...entry, message });
  forget(entry);
}

export function asideOf(owner) {
  return stored(ASIDE).filter((entry) => entry.owner === owner);
}

/** Remove what was set aside for an owner. */
export function dropAside(owner) {
  for (const entry of asideOf(owner)) store.remove(ASIDE + entry.item.id);
}
