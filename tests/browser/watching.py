"""What must not happen in a browser window, whatever a test does in it."""

# Chromium says this for every status from 400; Watch looks at the status itself.
STATUS_MESSAGE = "Failed to load resource"


class Watch:
    """Collects what goes wrong in a window.

    A page may answer 404 or 422, a form inside it 422: people cause these. A
    server error, a missing file, an error or a refusal by the content security
    policy in the console, and a request to any other site never happen.
    """

    def __init__(self, context, site):
        self.site = site
        self.problems = []
        context.on("request", self.see_request)
        context.on("response", self.see_response)
        context.on("console", self.see_message)
        context.on("weberror", self.see_error)

    def see_request(self, request):
        if not request.url.startswith((f"{self.site}/", "data:", "blob:", "about:")):
            self.problems.append(f"asked another site for {request.url}")

    def see_response(self, response):
        is_page = response.request.resource_type == "document"
        is_missing = response.status == 404 and not is_page
        if response.status >= 500 or is_missing:
            self.problems.append(f"{response.status} for {response.url}")

    def see_message(self, message):
        is_bad = message.type in ("error", "warning")
        if is_bad and not message.text.startswith(STATUS_MESSAGE):
            self.problems.append(f"{message.type} in the console: {message.text}")

    def see_error(self, error):
        self.problems.append(f"uncaught: {error.error}")
