// Buttons that show what is being typed into a password field.

function turn(button, input, isShown) {
  input.type = isShown ? "text" : "password";
  button.setAttribute("aria-pressed", String(isShown));
}

for (const button of document.querySelectorAll("[data-shows]")) {
  const input = document.getElementById(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    turn(button, input, input.type === "password");
  });
  // What is sent as plain text, browsers would offer to everybody as a suggestion.
  input.form.addEventListener("submit", () => turn(button, input, false));
}
