// Moves the lines of a list: a step at a time, or dragged by finger, pen or mouse.

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function slide(line, from) {
  const way = from - line.offsetTop;
  if (calm.matches || line.matches(".is-dragged")) return;
  line.animate([{ translate: `0 ${way}px` }, { translate: "0 0" }], {
    duration: 160,
    easing: "ease-out",
  });
}

function neighbour(line, step) {
  return step < 0 ? line.previousElementSibling : line.nextElementSibling;
}

/** Swap a line with its neighbour; false where there is none. */
export function moveLine(line, step) {
  const other = neighbour(line, step);
  if (!other) return false;
  const [lineFrom, otherFrom] = [line.offsetTop, other.offsetTop];
  // The neighbour is the one taken out: the line keeps the focus and the finger.
  if (step < 0) line.after(other);
  else line.before(other);
  slide(line, lineFrom);
  slide(other, otherFrom);
  line.scrollIntoView({ block: "nearest" });
  return true;
}

function drag(list, line, start, dropped) {
  const before = line.nextElementSibling;
  const gap = parseFloat(getComputedStyle(list).rowGap) || 0;
  const listening = new AbortController();
  let from = start.pageY;
  let hasMoved = false;

  function follow(event) {
    const step = event.pageY < from ? -1 : 1;
    const other = neighbour(line, step);
    const size = (other?.offsetHeight ?? 0) + gap;
    if (other && Math.abs(event.pageY - from) > size / 2) {
      moveLine(line, step);
      from += step * size;
      hasMoved = true;
      return follow(event);
    }
    line.style.translate = `0 ${event.pageY - from}px`;
  }

  function stop(event) {
    listening.abort();
    line.classList.remove("is-dragged");
    line.style.translate = "";
    if (event.type === "pointercancel") list.insertBefore(line, before);
    else if (hasMoved) dropped(line);
  }

  line.setPointerCapture(start.pointerId);
  line.classList.add("is-dragged");
  for (const [name, act] of [
    ["pointermove", follow],
    ["pointerup", stop],
    ["pointercancel", stop],
  ]) {
    line.addEventListener(name, act, { signal: listening.signal });
  }
}

/** Let the lines of a list be dragged; `dropped` is called with one that moved. */
export function dragLines(list, dropped) {
  list.addEventListener("pointerdown", (event) => {
    // A finger needs the rest of the line to scroll the page with.
    const isHeld =
      event.pointerType === "mouse"
        ? event.button === 0 && !event.target.closest("button")
        : event.target.closest("[data-grip]");
    const line = isHeld && event.target.closest("li");
    if (line && event.isPrimary) drag(list, line, event, dropped);
  });
}
