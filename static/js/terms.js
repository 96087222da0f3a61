// Shows a term's definition under the word. Without scripts, or in a browser
// without popovers, the word is a link to the list of terms.

const note = document.getElementById("term-note");

function place(word) {
  const box = word.getBoundingClientRect();
  const room = document.documentElement.clientWidth - note.offsetWidth - 16;
  const above = box.top - note.offsetHeight - 8;
  const isLow = box.bottom + note.offsetHeight + 16 > innerHeight;
  const top = isLow && above > 64 ? above : box.bottom + 8;
  note.style.top = `${top + scrollY}px`;
  note.style.left = `${Math.max(16, Math.min(box.left, room)) + scrollX}px`;
}

function open(word, definition) {
  // Right behind the word, so that it is read and tabbed to next.
  word.after(note);
  note.replaceChildren();
  note.showPopover();
  const title = document.createElement("strong");
  title.textContent = definition.dataset.term;
  const text = document.createElement("span");
  text.textContent = definition.textContent;
  note.append(title, text);
  place(word);
}

if (note && "showPopover" in note) {
  document.addEventListener("click", (event) => {
    const word = event.target.closest("a.term");
    if (!word || event.metaKey || event.ctrlKey) return;
    const definition = document.getElementById(word.hash.slice(1));
    if (!definition) return;
    event.preventDefault();
    if (note.matches(":popover-open") && note.previousSibling === word) return;
    open(word, definition);
  });
}
