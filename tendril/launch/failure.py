"""What keeps a site from starting, said in one sentence."""


class CannotStart(Exception):
    """Shown as it is to whoever starts the site, so it says what to do."""
