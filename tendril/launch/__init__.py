"""Starting a whole site with one command, and stopping all of it again."""

from tendril.launch.environment import prepare_environment

__all__ = ["prepare_environment"]
