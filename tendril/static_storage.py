"""Static files under names that change with what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    # What our modules import is renamed with it, so that versions never mix.
    # Django's own switch for this trips over a comment in htmx's extensions.
    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (
            "js/*.js",
            (
                (
                    r'(?P<matched>(?P<how>(?:from|import)\s+)"(?P<url>\./[^"]+)")',
                    '%(how)s"%(url)s"',
                ),
            ),
        ),
    )
