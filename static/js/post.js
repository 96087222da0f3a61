// JSON to the server, as the reader whom the session names.

export function token() {
  const match = document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/);
  return match ? decodeURIComponent(match[1]) : "";
}

/** Where to send; the page says it, since scripts do not know the site's addresses. */
export function address(name) {
  return document.getElementById("device-offer").dataset[name];
}

/** The response, or null where none came. */
export async function post(url, body, { keepalive = false } = {}) {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(body),
      keepalive,
    });
  } catch {
    return null;
  }
}
