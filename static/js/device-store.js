// What this browser keeps under one prefix; memory stands in where it keeps nothing
// (private windows, storage that is full or switched off).

const PREFIX = "tendril:";
const memory = new Map();

function openStorage() {
  try {
    localStorage.setItem(`${PREFIX}probe`, "1");
    localStorage.removeItem(`${PREFIX}probe`);
    return localStorage;
  } catch {
    // Full is not closed: what is there can still be read and removed.
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }
}

const storage = openStorage();

/** The value, or undefined where there is none or it is damaged. */
export function read(key) {
  const text = memory.get(key) ?? storage?.getItem(PREFIX + key);
  if (text == null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the value will outlive this page. */
export function write(key, value) {
  const text = JSON.stringify(value);
  try {
    storage.setItem(PREFIX + key, text);
    memory.delete(key);
    return true;
  } catch {
    memory.set(key, text);
    return false;
  }
}

export function remove(key) {
  memory.delete(key);
  storage?.removeItem(PREFIX + key);
}

/** Keys that begin so, without the prefix that all of them share. */
export function keys(beginning) {
  const found = new Set(memory.keys());
  for (let i = 0; storage && i < storage.length; i += 1) {
    const key = storage.key(i);
    if (key.startsWith(PREFIX)) found.add(key.slice(PREFIX.length));
  }
  return [...found].filter((key) => key.startsWith(beginning));
}
