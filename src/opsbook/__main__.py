"""Run the command line as `python -m opsbook`, for an environment whose programs are not on the path."""

from opsbook.cli import main

if __name__ == "__main__":
    main()
