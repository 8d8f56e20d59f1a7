"""The macros of the pages: those of opsbook. A site's own are defined here too, as functions under `@env.macro`."""

from opsbook.macros import define_env as define_env
