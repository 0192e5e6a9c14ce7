"""A sample partner system: ``python3 register.py --help``. Python 3.11 and nothing else."""

import sys

from partner_system.commands import main

if __name__ == "__main__":
    sys.exit(main())
