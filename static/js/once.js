// A form marked data-once is sent once: a second press would undo the first.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("[data-once]")) return;
  for (const button of target.querySelectorAll("button")) button.disabled = true;
});

// Back from the next page, the form can be used again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-once] button")) {
    button.disabled = false;
  }
});
