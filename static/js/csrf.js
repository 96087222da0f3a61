// Public pages hold no token, and a page left open may hold an old one: htmx
// always sends the one of the cookie.

function token() {
  const match = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return match ? decodeURIComponent(match[1]) : "";
}

document.addEventListener("htmx:configRequest", (event) => {
  const { verb, headers, parameters } = event.detail;
  const current = token();
  if (verb === "get" || !current) return;
  headers["X-CSRFToken"] = current;
  if (parameters.has("csrfmiddlewaretoken")) {
    parameters.set("csrfmiddlewaretoken", current);
  }
});
