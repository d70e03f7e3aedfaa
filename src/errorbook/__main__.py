"""``python -m errorbook`` is ``errorbook``."""

from errorbook.cli import main

if __name__ == "__main__":
    main()
