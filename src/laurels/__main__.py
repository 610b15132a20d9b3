"""`python -m laurels` is the command `laurels`."""

from laurels.cli.main import main

if __name__ == "__main__":
    main()
