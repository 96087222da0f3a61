"""The environment that commands get from the launch."""

import pytest

from tendril.launch import environment, prepare_environment


def prepared(folder, *arguments, **given):
    """The environment of a command on this folder."""
    environ = {"TENDRIL_DATA": str(folder.path), **given}
    prepare_environment(arguments, environ)
    return environ


def refusal(folder, *arguments, **given):
    with pytest.raises(SystemExit) as refused:
        prepared(folder, *arguments, **given)
    return refused.value.code


def started(folder, kind="demo", **given):
    """A folder as a site leaves it, and the environment the site had."""
    environ = prepared(folder, kind, **given)
    folder.keep(environment.kept(environ), environment.from_outside(folder, environ))
    return environ
